//! `DateTime` and `URL`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as ChronoDateTime, SecondsFormat, Utc};
use entity::Timestamp;

/// An instant in an answer or an argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(pub Timestamp);

/// RFC 3339 instant. Always answered in UTC with `Z`, and with a fraction only where it is not zero.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        ChronoDateTime::parse_from_rfc3339(text)
            .map(|instant| Self(Timestamp(instant.timestamp_micros())))
            .map_err(|_| InputValueError::custom("not an RFC 3339 instant such as 2026-01-31T08:00:00Z"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

impl DateTime {
    /// As it is answered.
    #[must_use]
    pub fn text(&self) -> String {
        let instant = ChronoDateTime::<Utc>::from_timestamp_micros(self.0.0).unwrap_or_default();
        instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// An absolute URL in an answer.
pub struct Url(pub String);

/// Absolute URL.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) if url::Url::parse(text).is_ok() => Ok(Self(text.clone())),
            Value::String(_) => Err(InputValueError::custom("not an absolute URL")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(micros: i64) -> String {
        DateTime(Timestamp(micros)).to_value().to_string()
    }

    #[test]
    fn instants_bear_a_fraction_only_where_it_is_not_zero() {
        assert_eq!(written(1_660_618_237_000_000), "\"2022-08-16T02:50:37Z\"");
        assert_eq!(written(1_660_618_237_500_000), "\"2022-08-16T02:50:37.500Z\"");
        assert_eq!(written(-1), "\"1969-12-31T23:59:59.999999Z\"");
    }
}
