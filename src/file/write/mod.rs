//! Writing documents.
