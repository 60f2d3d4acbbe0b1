//! Bytes of a request → what is asked. Pure.

use crate::{Error, Result, graphql::api::Asked};
use percent_encoding::percent_decode_str;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value, error::Category};
use std::{borrow::Cow, fmt};

/// One operation, or an array of them.
#[derive(Debug)]
pub enum Asking {
    /// A JSON object.
    One(Asked),
    /// A JSON array of at least one.
    Several(Vec<Asked>),
}

/// Reads a JSON body. A byte order mark before it is left out (RFC 8259, 8.1).
///
/// # Errors
/// When it is no request, and why.
pub fn body(bytes: &[u8], max_batch: usize) -> Result<Asking> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|_| of_body("it is not UTF-8"))?;
    match text.trim_ascii_start().bytes().next() {
        Some(b'{') => {
            serde_json::from_str::<Fields>(text).map_err(|error| unreadable(&error))?.asked().map(Asking::One)
        }
        Some(b'[') => several(text, max_batch).map(Asking::Several),
        _ => Err(of_body("it is no JSON object with a string `query`")),
    }
}

/// Reads the parameters of a URL, which are encoded as forms are.
///
/// # Errors
/// When they are no request, and why.
pub fn parameters(query: &str) -> Result<Asked> {
    let mut fields = Fields::default();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match &*decoded(name)? {
            name @ ("query" | "documentId") => {
                let name = if name == "query" { "query" } else { "documentId" };
                fields.put(name, Value::String(decoded(value)?));
            }
            // The specification: an empty name is none.
            "operationName" if value.is_empty() => fields.put("operationName", Value::Null),
            "operationName" => fields.put("operationName", Value::String(decoded(value)?)),
            "variables" => fields.put("variables", object("variables", &decoded(value)?)?),
            "extensions" => fields.put("extensions", object("extensions", &decoded(value)?)?),
            _ => drop(decoded(value)?),
        }
    }
    if fields.query.is_none() && !fields.name_a_document() {
        let usage = "no operation: send it as JSON by POST, `{\"query\": \"{ site { title } }\"}` with `Content-Type: \
                     application/json`, or by GET as the parameter `query`";
        return Err(Error::BadRequest(usage));
    }
    fields.asked()
}

fn several(text: &str, max_batch: usize) -> Result<Vec<Asked>> {
    if max_batch == 0 {
        return Err(of_body("an array of operations is not taken here; the setting `max-batch` allows them"));
    }
    let batch: Vec<Fields> = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    match batch.len() {
        0 => Err(of_body("the array holds no operation")),
        asked if asked > max_batch => {
            Err(Error::TooMany { field: "operations in one request".into(), asked, max: max_batch })
        }
        _ => batch.into_iter().map(Fields::asked).collect(),
    }
}

/// The members of a request, as JSON has them.
#[derive(Default)]
struct Fields {
    query: Option<Value>,
    document_id: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
    /// One that stands there more than once: which of them counts, parsers do not agree about.
    repeated: Option<&'static str>,
}

impl Fields {
    fn put(&mut self, name: &'static str, value: Value) {
        let place = match name {
            "query" => &mut self.query,
            "documentId" => &mut self.document_id,
            "operationName" => &mut self.operation_name,
            "variables" => &mut self.variables,
            _ => &mut self.extensions,
        };
        if place.replace(value).is_some() {
            self.repeated = Some(name);
        }
    }

    /// Whether they say which document is meant without bringing it along.
    fn name_a_document(&self) -> bool {
        let persisted = self.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery"));
        [self.document_id.as_ref(), persisted].into_iter().flatten().any(|name| !name.is_null())
    }

    fn asked(self) -> Result<Asked> {
        if let Some(name) = self.repeated {
            return Err(invalid(name, "is given twice"));
        }
        let names_a_document = self.name_a_document();
        let query = text_of("query", self.query)?;
        if query.is_none() && !names_a_document {
            return Err(invalid("query", "is missing; it is the document"));
        }
        Ok(Asked {
            query,
            document_id: text_of("documentId", self.document_id)?,
            operation_name: text_of("operationName", self.operation_name)?,
            variables: object_of("variables", self.variables)?,
            extensions: object_of("extensions", self.extensions)?,
        })
    }
}

fn text_of(name: &'static str, value: Option<Value>) -> Result<Option<String>> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(name, "is to be a string")),
    }
}

fn object_of(name: &'static str, value: Option<Value>) -> Result<Option<Map<String, Value>>> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(invalid(name, "is to be a JSON object")),
    }
}

fn object(name: &'static str, json: &str) -> Result<Value> {
    serde_json::from_str(json).map_err(|_| invalid(name, "is to be a JSON object"))
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not derived: that would also take an array of their values.
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Fields;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    match &*name {
                        "query" => fields.put("query", map.next_value()?),
                        "documentId" => fields.put("documentId", map.next_value()?),
                        "operationName" => fields.put("operationName", map.next_value()?),
                        "variables" => fields.put("variables", map.next_value()?),
                        "extensions" => fields.put("extensions", map.next_value()?),
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// What a client hears of JSON that is none. Nothing of it is said again.
fn unreadable(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    match error.classify() {
        Category::Data => of_body("each operation is to be a JSON object"),
        Category::Eof => of_body("the JSON is not complete"),
        _ if said.starts_with("recursion limit") => of_body("its JSON is nested deeper than 128 levels"),
        _ if said.starts_with("trailing") => {
            of_body(format!("something stands after the JSON, at line {line}, column {column}"))
        }
        _ => of_body(format!("it is no JSON from line {line}, column {column} on")),
    }
}

fn of_body(problem: impl Into<String>) -> Error {
    Error::Invalid { field: "body".into(), problem: problem.into() }
}

fn invalid(field: &'static str, problem: &str) -> Error {
    Error::Invalid { field: field.into(), problem: problem.to_owned() }
}

fn decoded(text: &str) -> Result<String> {
    let spaced = text.replace('+', " ");
    let mut after = spaced.split('%').skip(1);
    let is_whole = after.all(|rest| rest.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)));
    if !is_whole {
        return Err(invalid("URL", "a `%` is not followed by two hexadecimal digits"));
    }
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| invalid("URL", "what is percent-encoded is not UTF-8"))
}

#[cfg(test)]
mod tests;
