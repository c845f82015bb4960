//! The JSON Schemas of files, by which editors complete, check and explain them.
