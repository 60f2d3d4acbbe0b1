# masthead in a small image: `docker build -t masthead .`, then
# `docker run -v masthead:/data -p 8080:8080 masthead`.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# The dependencies, in a layer that stays until Cargo.toml or Cargo.lock changes: they are built under empty crates.
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY api/Cargo.toml api/
COPY entity/Cargo.toml entity/
COPY migration/Cargo.toml migration/
COPY tests/Cargo.toml tests/
COPY tests/bench/reference/Cargo.toml tests/bench/reference/
RUN mkdir -p api/src entity/src migration/src tests/src tests/suite tests/bench/reference/src \
 && touch api/src/lib.rs entity/src/lib.rs migration/src/lib.rs tests/src/lib.rs tests/suite/main.rs \
 && echo 'fn main() {}' | tee api/src/main.rs tests/bench/reference/src/main.rs \
 && cargo build --release --locked

COPY entity entity
COPY migration migration
COPY api api
# Cargo goes by times, and the checkout may be older than the empty crates.
RUN find api entity migration -name '*.rs' -exec touch {} + \
 && cargo build --release --locked

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --no-create-home masthead \
 && install -d -o masthead -g masthead /data
COPY --from=build /src/target/release/masthead /usr/local/bin/masthead

USER masthead
# The database is here, and masthead.toml where there is one.
WORKDIR /data
VOLUME /data
ENV MASTHEAD_LISTEN=0.0.0.0:8080 \
    MASTHEAD_DATABASE_URL=sqlite:///data/masthead.db?mode=rwc
EXPOSE 8080
ENTRYPOINT ["masthead"]
CMD ["serve"]
