//! What a person is to read, as data.
//!
//! A command says which words matter and which moments it means; whether "good" is green,
//! whether a moment is "in 14 days" or a timestamp, and where the columns stand is decided at
//! rendering, where it is known who reads. Nobody outside writes an escape sequence, so all of
//! them that reach a terminal are ours.

/// A text for a person: lines and tables from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The parts, in reading order.
    pub blocks: Vec<Block>,
}

/// One part of a [`Page`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line of text.
    Line(Line),
    /// An empty line.
    Blank,
    /// A line that names what follows; its plain words are shown strong.
    Heading(Line),
    /// Rows under headers. Without rows nothing is shown, not even the headers.
    Table(Table),
    /// A JSON document, written the same for people and programs.
    Document(serde_json::Value),
    /// Text that this program makes from its own definition, such as a completion script. It is
    /// written as it is, so nothing from outside may be in it.
    Generated(String),
}

impl Page {
    /// A page with nothing on it, which prints nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    #[must_use]
    pub fn line(self, line: impl Into<Line>) -> Self {
        self.block(Block::Line(line.into()))
    }

    /// Adds an empty line.
    #[must_use]
    pub fn blank(self) -> Self {
        self.block(Block::Blank)
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(self, line: impl Into<Line>) -> Self {
        self.block(Block::Heading(line.into()))
    }

    /// Adds a table.
    #[must_use]
    pub fn table(self, table: Table) -> Self {
        self.block(Block::Table(table))
    }

    /// Adds another page's parts.
    #[must_use]
    pub fn then(mut self, page: Self) -> Self {
        self.blocks.extend(page.blocks);
        self
    }

    /// A page that is one JSON document.
    pub fn document(document: &serde_json::Value) -> Self {
        Self::new().block(Block::Document(document.clone()))
    }

    /// A page that is text of the program's own making, see [`Block::Generated`].
    pub fn generated(text: String) -> Self {
        Self::new().block(Block::Generated(text))
    }

    fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
}

/// Rows of cells. A cell is a [`Line`], so it can hold several styles and moments; a row may be
/// shorter than the headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of each column. With none, no header row is shown.
    pub headers: Vec<&'static str>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Line>>,
}

impl Table {
    /// A table without rows yet.
    pub fn new(headers: impl Into<Vec<&'static str>>) -> Self {
        Self {
            headers: headers.into(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    #[must_use]
    pub fn row<C: Into<Line>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.push(cells);
        self
    }

    /// Adds a row in place, for loops.
    pub fn push<C: Into<Line>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// A line of text, or a cell: words of several styles, side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Span>);

/// Words of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What the words mean to the reader.
    pub style: Style,
    /// The words.
    pub content: Content,
}

/// What a [`Span`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Any text, from anywhere: it is made safe when it is shown.
    Text(String),
    /// A moment in seconds since 1970 (UTC): "in 14 days" on a terminal, RFC 3339 elsewhere.
    Time(i64),
}

/// What words mean to the reader. Colour follows from it, on those who want colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Ordinary text.
    #[default]
    Plain,
    /// What to read first.
    Strong,
    /// What to read last.
    Dim,
    /// Yes, on, done.
    Good,
    /// No, off, failed.
    Bad,
    /// Take care.
    Warn,
    /// Something one could type: a key, a command.
    Key,
}

impl Line {
    /// A line without words.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds words of a style.
    #[must_use]
    pub fn styled(mut self, style: Style, text: impl Into<String>) -> Self {
        self.0.push(Span {
            style,
            content: Content::Text(text.into()),
        });
        self
    }

    /// Adds a moment, in seconds since 1970.
    #[must_use]
    pub fn time(mut self, seconds: i64) -> Self {
        self.0.push(Span {
            style: Style::Plain,
            content: Content::Time(seconds),
        });
        self
    }

    /// Adds ordinary words.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.styled(Style::Plain, text)
    }

    /// Adds words to read first.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.styled(Style::Strong, text)
    }

    /// Adds words to read last.
    #[must_use]
    pub fn dim(self, text: impl Into<String>) -> Self {
        self.styled(Style::Dim, text)
    }

    /// Adds a yes.
    #[must_use]
    pub fn good(self, text: impl Into<String>) -> Self {
        self.styled(Style::Good, text)
    }

    /// Adds a no.
    #[must_use]
    pub fn bad(self, text: impl Into<String>) -> Self {
        self.styled(Style::Bad, text)
    }

    /// Adds words of warning.
    #[must_use]
    pub fn warn(self, text: impl Into<String>) -> Self {
        self.styled(Style::Warn, text)
    }

    /// Adds something one could type.
    #[must_use]
    pub fn key(self, text: impl Into<String>) -> Self {
        self.styled(Style::Key, text)
    }

    /// Adds another line's words.
    #[must_use]
    pub fn then(mut self, line: impl Into<Self>) -> Self {
        self.0.extend(line.into().0);
        self
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}
