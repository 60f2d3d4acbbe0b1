//! A connection whose client has to keep time. Actix bounds how long the first headers may take, and how long a connection may
//! be idle; this bounds the headers of later requests, and how long an answer may take to be read.

use crate::config::Limits;
use actix_web::rt::net::TcpStream;
use socket2::SockRef;
use std::{
    cell::Cell,
    future::Future,
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// What the system may hold of an answer that nobody reads. By itself it would take several MiB for each connection.
const SEND_BUFFER_BYTES: usize = 256 * 1_024;

/// A socket with deadlines.
pub struct Connection {
    socket: TcpStream,
    progress: Rc<Progress>,
    timer: Option<Pin<Box<Sleep>>>,
}

/// How far the requests of a connection are, as Actix tells it by what it calls.
pub struct Progress {
    header_time: Duration,
    between_time: Duration,
    send_time: Duration,
    read_by: Cell<Option<Instant>>,
    send_by: Cell<Option<Instant>>,
    /// The client does not take what is written.
    is_blocked: Cell<bool>,
}

impl Progress {
    /// The headers of a request are there.
    pub fn begin(&self) {
        self.read_by.set(None);
        self.send_by.set(None);
    }

    /// Its answer is.
    pub fn answer(&self) {
        self.send_by.set(Some(Instant::now() + self.send_time));
    }

    fn has_read(&self) {
        // Within a body nothing has been answered yet. A byte more never gives more time.
        if self.send_by.get().is_some() && !self.is_blocked.get() {
            let by = Instant::now() + self.header_time;
            self.read_by.set(Some(self.read_by.get().map_or(by, |before| before.min(by))));
        }
    }

    /// When the next request has to be there.
    fn next_request(&self) -> Option<Instant> {
        if self.read_by.get().is_none() && self.send_by.get().is_some() && !self.is_blocked.get() {
            self.read_by.set(Some(Instant::now() + self.between_time));
        }
        self.read_by.get()
    }

    /// When what is written has to be read.
    fn all_read(&self) -> Instant {
        self.is_blocked.set(true);
        self.read_by.set(None);
        let by = self.send_by.get().unwrap_or_else(|| Instant::now() + self.send_time);
        self.send_by.set(Some(by));
        by
    }
}

impl Connection {
    /// Over a socket that was just accepted.
    #[must_use]
    pub fn new(socket: TcpStream, limits: &Limits) -> Self {
        let system = SockRef::from(&socket);
        // Where the system knows neither, its own measures hold.
        let _ = system.set_send_buffer_size(SEND_BUFFER_BYTES);
        // The rest of an answer in pieces would wait until the client has confirmed the piece before.
        let _ = system.set_tcp_nodelay(true);
        // What stands in that buffer when the connection has been closed, no timer of ours reaches.
        #[cfg(any(target_os = "android", target_os = "linux"))]
        let _ = system.set_tcp_user_timeout(Some(limits.send_time));
        let progress = Progress {
            header_time: limits.header_time,
            between_time: limits.idle_time + limits.header_time,
            send_time: limits.send_time,
            read_by: Cell::new(None),
            send_by: Cell::new(None),
            is_blocked: Cell::new(false),
        };
        Self { socket, progress: Rc::new(progress), timer: None }
    }

    /// For whoever knows where a request begins and ends.
    #[must_use]
    pub fn progress(&self) -> Rc<Progress> {
        Rc::clone(&self.progress)
    }

    fn poll_time(&mut self, by: Instant, context: &mut Context<'_>) -> io::Result<()> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(by)));
        // Most requests put it off: it may go off at the time of an earlier one, and is set anew then.
        if timer.deadline() > by {
            timer.as_mut().reset(by);
        }
        while timer.as_mut().poll(context).is_ready() {
            if timer.deadline() >= by {
                return Err(io::ErrorKind::TimedOut.into());
            }
            timer.as_mut().reset(by);
        }
        Ok(())
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.socket).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.progress.has_read();
        }
        if read.is_pending()
            && let Some(by) = self.progress.next_request()
        {
            self.poll_time(by, context)?;
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        if written.is_pending() {
            let by = self.progress.all_read();
            self.poll_time(by, context)?;
        } else {
            self.progress.is_blocked.set(false);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
