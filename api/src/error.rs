//! Everything that can go wrong, in one type.

use camino::Utf8PathBuf;
use sea_orm::{DbErr, RuntimeErr, sqlx};
use std::{borrow::Cow, fmt, io, num::NonZeroU32, sync::Arc, time::Duration};

/// The result of nearly every function here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a resolver of a nullable field answers: nothing, something, or an error that makes this field null and no other. The
/// engine lets an error of `Result<Option<T>>` take the parent along, which the specification forbids (6.4.4).
pub type Nullable<T> = Option<Result<T>>;

/// What went wrong, in a client's or operator's words. Causes are linked by `source()`, never pasted into `Display`.
///
/// Cheap to clone: a batch that fails fails every field that waited for it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// An argument that can not be meant.
    #[error("{field}: {problem}")]
    Invalid {
        /// The argument, as the client wrote it, and what of it.
        field: Cow<'static, str>,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A number or a list over its limit.
    #[error("{field}: {asked} is over the maximum of {max}")]
    TooMany {
        /// The argument, as the client wrote it, and what of it.
        field: Cow<'static, str>,
        /// What was asked.
        asked: usize,
        /// What is allowed.
        max: usize,
    },
    /// A document or an operation over one of the limits.
    #[error("{0}")]
    OverLimit(Box<Excess>),
    /// Questions about the schema, where this server does not answer them.
    #[error("this server does not answer questions about its schema (`--introspection`)")]
    IntrospectionDisabled,
    /// An operation that a document does not have.
    #[error("{0}")]
    NoOperation(String),
    /// A request that took too long.
    #[error("the request took longer than {} ms and was stopped; ask for fewer rows, or for less of each", .0.as_millis())]
    Timeout(Duration),
    /// Text with a character that no stored text has.
    #[error("a text argument holds a NUL character, which no stored text does")]
    Nul,
    /// Not a cursor of ours.
    #[error("{argument}: not a cursor of this API; take one from `edges.cursor` or `pageInfo`")]
    CursorInvalid {
        /// The argument, as the client wrote it.
        argument: &'static str,
    },
    /// A cursor of another list.
    #[error("{argument}: this cursor belongs to a list with another filter or order; start that list without a cursor")]
    CursorMismatch {
        /// The argument, as the client wrote it.
        argument: &'static str,
    },
    /// Something that exists, but not for this reader.
    #[error("{field}: {problem}")]
    Forbidden {
        /// The argument, as the client wrote it, and what of it.
        field: String,
        /// Who may ask it.
        problem: &'static str,
    },
    /// Credentials that are not ours.
    #[error("the bearer token is not the preview token of this server")]
    Unauthenticated,
    /// A request that is not GraphQL over HTTP.
    #[error("{0}")]
    BadRequest(&'static str),
    /// A document that is named, and not known. Clients know this very message.
    #[error("PersistedQueryNotFound")]
    PersistedQueryNotFound,
    /// A document that is not among the trusted ones.
    #[error(
        "this server answers no other documents than those that its operator has put there (`--trusted-documents`)"
    )]
    PersistedQueryRequired,
    /// A variable whose value can not be used.
    #[error("the variable `${name}` {problem}")]
    Variable {
        /// Without the dollar sign.
        name: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// A request body over the limit.
    #[error("the request body is over the limit of {max_bytes} bytes")]
    PayloadTooLarge {
        /// What is allowed.
        max_bytes: usize,
    },
    /// An answer over the limit.
    #[error("the answer is over the limit of {max_bytes} bytes; ask for fewer fields or smaller pages")]
    AnswerTooLarge {
        /// What is allowed.
        max_bytes: usize,
    },
    /// More requests than can be worked on, or than there are connections to the database.
    #[error("the server has more to do than it can; ask again in a moment")]
    Overloaded,
    /// More requests of one client than it may send.
    #[error("more than {per_minute} requests a minute came from this address")]
    RateLimited {
        /// What is allowed.
        per_minute: NonZeroU32,
    },
    /// A setting with a value that can not be used.
    #[error("setting `{setting}`: {problem}")]
    Setting {
        /// The setting's name.
        setting: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A file or folder that can not be read.
    #[error("cannot read `{path}`")]
    Read {
        /// As it was given.
        path: Utf8PathBuf,
        /// What the system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// A file or folder that can not be written.
    #[error("cannot write `{path}`")]
    Write {
        /// As it was given.
        path: Utf8PathBuf,
        /// What the system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// A folder that is to be filled and is not empty.
    #[error("`{path}` is not empty; name a folder that is empty or not there yet")]
    NotEmpty {
        /// As it was given.
        path: Utf8PathBuf,
    },
    /// A backup of a database that is no file.
    #[error(
        "`masthead backup` copies SQLite files; on PostgreSQL its own program does it, and takes name and password from PGUSER and PGPASSWORD: pg_dump --format=custom --file=FILE {url}"
    )]
    BackupElsewhere {
        /// Without user and password.
        url: String,
    },
    /// A database that is to be read, and is not there.
    #[error("there is no database `{path}`; name it by `--database-url`")]
    NoDatabase {
        /// As it was given.
        path: Utf8PathBuf,
    },
    /// The server can not listen where it was told to.
    #[error("cannot listen on {address}")]
    Listen {
        /// As it was given.
        address: String,
        /// What the system says.
        #[source]
        source: Arc<io::Error>,
    },
    /// A field was resolved whose column the look-ahead did not choose.
    #[error("a row was read without its `{0}`")]
    ColumnNotRead(&'static str),
    /// A figure whose article the reader may not see, though it was reached through it.
    #[error("an article was reached that the reader may not see")]
    Unseen,
    /// Stored JSON that is none.
    #[error("stored {what} can not be understood")]
    Corrupt {
        /// Which column.
        what: &'static str,
        /// What the parser says.
        #[source]
        source: Arc<serde_json::Error>,
    },
    /// No database answers where one was told to be.
    #[error("cannot open the database `{url}`; is it there, and may this user use it?")]
    Connect {
        /// Without user and password.
        url: String,
        /// What the driver says.
        #[source]
        source: Arc<DbErr>,
    },
    /// A database with a schema that this version does not know.
    #[error("a newer version of Masthead has made this database; use that one or a later one, or a backup of before")]
    NewerDatabase,
    /// A database about which an operator can do something.
    #[error("the database `{url}` {advice}")]
    Unusable {
        /// As it was given.
        url: String,
        /// What is wrong and what to do.
        advice: &'static str,
        /// What the driver says.
        #[source]
        source: Arc<DbErr>,
    },
    /// A request that ended, by its deadline or because its client left, before everything was read for it.
    #[error("the request ended before everything was read")]
    Cancelled,
    /// A request that met a bug.
    #[error("something went wrong on the server; the log there says what, under the request's id {0}")]
    Panicked(String),
    /// The database has no room for what is to be written.
    #[error("the disk of the database is full; what is committed stays: make room, then do it again")]
    DiskFull(#[source] Arc<DbErr>),
    /// The database, for any other reason.
    #[error("the database did not answer as expected")]
    Database(#[source] Arc<DbErr>),
}

/// What was asked for, and how much of it is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which limit.
    pub limit: &'static str,
    /// What was asked.
    pub asked: usize,
    /// What is allowed.
    pub max: usize,
    /// What a client may act on.
    pub code: Code,
    /// The field to trim, as the keys that lead to it.
    pub field: Option<String>,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, asked, max, field, .. } = self;
        write!(f, "{limit}: {asked} is over the maximum of {max}")?;
        match field {
            Some(field) => write!(f, "; most of it is `{field}`: ask for fewer rows there, or for less of each"),
            None => Ok(()),
        }
    }
}

impl From<DbErr> for Error {
    fn from(source: DbErr) -> Self {
        let is_full = is_disk_full(&source);
        let source = Arc::new(source);
        if is_full { Self::DiskFull(source) } else { Self::Database(source) }
    }
}

/// By the code that PostgreSQL has for it, and that of SQLite.
fn is_disk_full(error: &DbErr) -> bool {
    let told = driver(error).and_then(sqlx::Error::as_database_error);
    let code = told.and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "53100" || code == "13")
}

/// What the driver of the database says.
#[must_use]
pub fn driver(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// `extensions.code` of an error, as the contract lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The document is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// An argument or a request that can not be meant.
    BadUserInput,
    /// More levels than allowed.
    QueryTooDeep,
    /// More of something else than allowed.
    QueryTooComplex,
    /// Questions about the schema are not answered.
    IntrospectionDisabled,
    /// It took too long.
    Timeout,
    /// Not a cursor of ours.
    CursorInvalid,
    /// A cursor of another list.
    CursorMismatch,
    /// A document that is named, and not known: send it along.
    PersistedQueryNotFound,
    /// A document that is not among the trusted ones.
    PersistedQueryRequired,
    /// Credentials that are not ours.
    Unauthenticated,
    /// Something that this reader may not ask.
    Forbidden,
    /// A body or an answer over the limit.
    PayloadTooLarge,
    /// More requests than can be worked on.
    Overloaded,
    /// More requests of one client than it may send.
    RateLimited,
    /// Our fault.
    InternalServerError,
}

impl Code {
    /// As a client reads it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::IntrospectionDisabled => "INTROSPECTION_DISABLED",
            Self::Timeout => "TIMEOUT",
            Self::CursorInvalid => "CURSOR_INVALID",
            Self::CursorMismatch => "CURSOR_MISMATCH",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryRequired => "PERSISTED_QUERY_REQUIRED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::Overloaded => "OVERLOADED",
            Self::RateLimited => "RATE_LIMITED",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
        }
    }
}

impl Error {
    /// What a client may act on.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::OverLimit(excess) => excess.code,
            Self::IntrospectionDisabled => Code::IntrospectionDisabled,
            Self::NoOperation(_) => Code::GraphqlValidationFailed,
            Self::Timeout(_) | Self::Cancelled => Code::Timeout,
            Self::Invalid { .. } | Self::TooMany { .. } | Self::Nul | Self::BadRequest(_) | Self::Variable { .. } => {
                Code::BadUserInput
            }
            Self::CursorInvalid { .. } => Code::CursorInvalid,
            Self::CursorMismatch { .. } => Code::CursorMismatch,
            Self::Forbidden { .. } => Code::Forbidden,
            Self::PersistedQueryNotFound => Code::PersistedQueryNotFound,
            Self::PersistedQueryRequired => Code::PersistedQueryRequired,
            Self::Unauthenticated => Code::Unauthenticated,
            Self::PayloadTooLarge { .. } | Self::AnswerTooLarge { .. } => Code::PayloadTooLarge,
            Self::Overloaded => Code::Overloaded,
            Self::RateLimited { .. } => Code::RateLimited,
            Self::Setting { .. }
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::NotEmpty { .. }
            | Self::Listen { .. }
            | Self::BackupElsewhere { .. }
            | Self::NoDatabase { .. }
            | Self::ColumnNotRead(_)
            | Self::Unseen
            | Self::Corrupt { .. }
            | Self::Connect { .. }
            | Self::Panicked(_)
            | Self::DiskFull(_)
            | Self::NewerDatabase
            | Self::Unusable { .. }
            | Self::Database(_) => Code::InternalServerError,
        }
    }
}
