//! The outermost layer: what every answer has, whoever made it.

use super::{connection::Progress, cors};
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
};
use std::rc::Rc;

/// What most answers depend on.
const USUAL: &str = "Accept, Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Accept-Encoding";

/// Tells the connection where a request begins and its answer is there, and finishes the headers.
pub async fn finish<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let progress = request.conn_data::<Rc<Progress>>().cloned();
    if let Some(progress) = &progress {
        progress.begin();
    }
    let mut response = next.call(request).await?;
    // Copies of images are never compressed here, everything else may be.
    let may_be_compressed = !response.request().path().starts_with("/media/");
    headers(response.headers_mut(), may_be_compressed);
    if let Some(progress) = &progress {
        progress.answer();
    }
    Ok(response)
}

/// What every answer has.
pub fn headers(headers: &mut HeaderMap, may_be_compressed: bool) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    if let Some(vary) = vary(headers, may_be_compressed) {
        headers.insert(header::VARY, vary);
    }
}

/// One line of all, each once.
fn vary(headers: &HeaderMap, may_be_compressed: bool) -> Option<HeaderValue> {
    let mut lines = headers.get_all(header::VARY).map(HeaderValue::as_bytes);
    let usual = [Some(b"Accept".as_slice()), Some(cors::DEPENDS_ON.as_bytes()), None];
    if may_be_compressed && [lines.next(), lines.next(), lines.next()] == usual {
        return Some(HeaderValue::from_static(USUAL));
    }
    let given = headers.get_all(header::VARY).filter_map(|line| line.to_str().ok());
    let given = given.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty());
    let mut names: Vec<&str> = Vec::new();
    for name in given.chain(may_be_compressed.then_some("Accept-Encoding")) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    HeaderValue::from_str(&names.join(", ")).ok().filter(|vary| !vary.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_depends_on_is_said_once() {
        let mut given = HeaderMap::new();
        for line in ["Accept", "Origin, accept", "accept-encoding"] {
            given.append(header::VARY, HeaderValue::from_static(line));
        }
        headers(&mut given, true);
        let vary: Vec<_> = given.get_all(header::VARY).collect();
        assert_eq!(vary, ["Accept, Origin, accept-encoding"]);
        let usual = [("Accept", cors::DEPENDS_ON), (cors::DEPENDS_ON, "Accept")].map(|(one, other)| {
            let mut given = HeaderMap::new();
            given.append(header::VARY, HeaderValue::from_static(one));
            given.append(header::VARY, HeaderValue::from_static(other));
            headers(&mut given, true);
            let mut words: Vec<_> =
                given.get(header::VARY).unwrap().to_str().unwrap().split(", ").map(str::to_owned).collect();
            words.sort_unstable();
            words
        });
        assert_eq!(usual[0], usual[1]);
        let mut none = HeaderMap::new();
        headers(&mut none, false);
        assert!(!none.contains_key(header::VARY));
        headers(&mut none, true);
        assert_eq!(none.get(header::VARY).unwrap(), "Accept-Encoding");
    }
}
