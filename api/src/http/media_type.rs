//! In which media type an answer goes out.

use actix_web::http::{
    StatusCode,
    header::{self, HeaderMap},
};

/// A media type of GraphQL over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// What older clients read: a request that was understood as one answers 200, whatever its errors.
    Json,
    /// A request that was not executed answers 400.
    GraphqlResponse,
}

impl MediaType {
    /// As the client's `Accept` prefers; JSON where it does not care.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
        let quality = |wanted: &str| accept.split(',').filter_map(|range| quality_of(range, wanted)).reduce(f32::max);
        let graphql = quality("application/graphql-response+json").unwrap_or(0.0);
        let json = quality("application/json").or_else(|| quality("application/*")).or_else(|| quality("*/*"));
        if graphql > 0.0 && graphql >= json.unwrap_or(0.0) { Self::GraphqlResponse } else { Self::Json }
    }

    /// For the header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Of a document that can not be parsed or does not fit the schema.
    #[must_use]
    pub const fn request_error(self) -> StatusCode {
        match self {
            Self::Json => StatusCode::OK,
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
        }
    }
}

fn quality_of(range: &str, wanted: &str) -> Option<f32> {
    let mut parts = range.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case(wanted) {
        return None;
    }
    let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
    Some(quality.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn accepted(accept: &str) -> MediaType {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
        MediaType::accepted(&headers)
    }

    #[test]
    fn the_clients_preference_decides() {
        assert_eq!(MediaType::accepted(&HeaderMap::new()), MediaType::Json);
        assert_eq!(accepted("*/*"), MediaType::Json);
        assert_eq!(accepted("application/graphql-response+json"), MediaType::GraphqlResponse);
        assert_eq!(accepted("application/graphql-response+json, application/json;q=0.9"), MediaType::GraphqlResponse);
        assert_eq!(accepted("application/json, application/graphql-response+json;q=0.5"), MediaType::Json);
        assert_eq!(accepted("application/graphql-response+json;q=0"), MediaType::Json);
        assert_eq!(accepted("image/png"), MediaType::Json);
    }
}
