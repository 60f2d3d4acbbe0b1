//! How many requests a client may send. Off unless a setting says otherwise.

use super::{address, answer::Refusal, graphql, media_type::MediaType};
use crate::{Error, config::Settings, error::Code, graphql::api::Api};
use actix_web::{
    HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    },
    middleware::Next,
    web,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// The three that clients and their libraries look for. The structured fields of the newer drafts are still changing.
pub const HEADERS: [&str; 3] = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

/// Once in so many requests, those who have all of their allowance again are forgotten. So no more are remembered than have
/// asked in the last minute, and this many.
const SWEEP: u32 = 1 << 16;

/// What each client still has. One for all workers.
pub struct Rate {
    limiter: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    per_minute: NonZeroU32,
    proxies: Vec<IpNet>,
    checks: AtomicU32,
}

/// What a client hears of it.
#[derive(Debug, PartialEq, Eq)]
struct Allowance {
    remaining: u32,
    /// Until nothing of it is used.
    reset_seconds: u64,
    /// Until the next request, where this one is one too many.
    wait_seconds: Option<u64>,
}

impl Rate {
    /// Nothing where there is no limit.
    #[must_use]
    pub fn new(settings: &Settings) -> Option<Self> {
        let per_minute = settings.rate_limit?;
        let clock = DefaultClock::default();
        let limiter = RateLimiter::new(Quota::per_minute(per_minute), DashMapStateStore::default(), clock.clone());
        Some(Self { limiter, clock, per_minute, proxies: settings.trusted_proxies.clone(), checks: AtomicU32::new(0) })
    }

    fn check(&self, client: IpAddr) -> Allowance {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let seconds = |used: u32| (u64::from(used) * 60).div_ceil(self.per_minute.get().into());
        match self.limiter.check_key(&address::customer(client)) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = self.per_minute.get().saturating_sub(remaining);
                Allowance { remaining, reset_seconds: seconds(used), wait_seconds: None }
            }
            Err(refused) => {
                let wait = refused.wait_time_from(self.clock.now()).as_millis().div_ceil(1_000);
                let wait = u64::try_from(wait).unwrap_or(u64::MAX).max(1);
                Allowance { remaining: 0, reset_seconds: seconds(self.per_minute.get()), wait_seconds: Some(wait) }
            }
        }
    }

    fn client(&self, request: &ServiceRequest) -> IpAddr {
        let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        let lines: Vec<&str> =
            request.headers().get_all("x-forwarded-for").map(|line| line.to_str().unwrap_or("?")).collect();
        address::client(peer, lines.into_iter(), &self.proxies)
    }

    fn tell(&self, allowance: &Allowance, headers: &mut HeaderMap) {
        let values = [self.per_minute.get().into(), allowance.remaining.into(), allowance.reset_seconds];
        for (name, value) in HEADERS.into_iter().zip(values) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

/// Counts whatever is asked of the API, apart from what browsers ask on their own before it.
pub async fn limit<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let rate = request.app_data::<web::Data<Option<Rate>>>().cloned();
    let rate = rate.as_deref().and_then(|rate| rate.as_ref().as_ref()).filter(|_| request.method() != Method::OPTIONS);
    let Some(rate) = rate else { return Ok(next.call(request).await?.map_into_left_body()) };
    let allowance = rate.check(rate.client(&request));
    let mut response = match allowance.wait_seconds {
        None => next.call(request).await?.map_into_left_body(),
        Some(seconds) => {
            if let Some(api) = request.app_data::<web::Data<Api>>() {
                api.observer().refused(&graphql::call_by(api, request.headers()), Code::RateLimited.as_str());
            }
            request.into_response(refusal(rate, seconds)).map_into_right_body()
        }
    };
    rate.tell(&allowance, response.headers_mut());
    Ok(response)
}

/// In the type that everyone reads: what the client accepts was not looked at.
fn refusal(rate: &Rate, seconds: u64) -> HttpResponse {
    let max = usize::try_from(rate.per_minute.get()).unwrap_or(usize::MAX);
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, &Error::RateLimited { per_minute: rate.per_minute });
    refusal.limit("rate-limit", None, max).header(RETRY_AFTER, HeaderValue::from(seconds)).answer(MediaType::Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        settings: Settings,
    }

    fn rate(flag: &str) -> Rate {
        Rate::new(&Flags::parse_from(["test", flag]).settings).expect("a limit is set")
    }

    #[test]
    fn one_more_than_a_minutes_allowance_has_to_wait() {
        let rate = rate("--rate-limit=3");
        let [ada, bo] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().unwrap());
        assert_eq!(rate.check(ada), Allowance { remaining: 2, reset_seconds: 20, wait_seconds: None });
        assert_eq!(rate.check(ada).remaining, 1);
        assert_eq!(rate.check(ada), Allowance { remaining: 0, reset_seconds: 60, wait_seconds: None });
        let over = rate.check(ada);
        assert_eq!((over.remaining, over.reset_seconds), (0, 60));
        assert!((19..=20).contains(&over.wait_seconds.unwrap()), "{over:?}");
        assert_eq!(rate.check(bo).remaining, 2, "others are not touched");
    }

    /// Of a million networks, those are remembered that asked since the last sweep.
    #[test]
    fn a_million_addresses_are_not_remembered() {
        let rate = rate("--rate-limit=600000");
        for number in 0..1_000_000_u32 {
            rate.check(Ipv4Addr::from_bits(number).into());
        }
        assert!(rate.limiter.len() < 200_000, "{} are remembered", rate.limiter.len());
    }
}
