//! What lies between a program and its database, and may hold up or cut what goes through.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex},
    thread,
};

/// Passes bytes on, on threads that end with the connections that they serve.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    is_stalled: Mutex<bool>,
    changed: Condvar,
    sockets: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// To a port of this machine.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let own = listener.local_addr().expect("a bound socket has an address").port();
        let shared = Arc::new(Shared::default());
        let passing = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                passing.serve(&client, port);
            }
        });
        Self { port: own, shared }
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// From now on nothing goes through, in either direction; connections are still taken.
    pub fn stall(&self) {
        self.shared.set(true);
    }

    /// What was held goes through, and whatever comes.
    pub fn flow(&self) {
        self.shared.set(false);
    }

    /// Closes every connection that there is.
    ///
    /// # Panics
    /// When a thread of this has.
    pub fn cut(&self) {
        for socket in self.shared.sockets.lock().expect("nobody fails with the lock").drain(..) {
            // It may have been closed.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

impl Shared {
    fn set(&self, is_stalled: bool) {
        *self.is_stalled.lock().expect("nobody fails with the lock") = is_stalled;
        self.changed.notify_all();
    }

    fn serve(self: &Arc<Self>, client: &TcpStream, port: u16) {
        // Where nobody listens, the client is told by the end of its own connection.
        let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { return };
        for (from, to) in [(client, &server), (&server, client)] {
            let _ = from.set_nodelay(true);
            let (Ok(from), Ok(to), Ok(kept)) = (from.try_clone(), to.try_clone(), from.try_clone()) else { return };
            self.sockets.lock().expect("nobody fails with the lock").push(kept);
            let shared = Arc::clone(self);
            thread::spawn(move || shared.pass(from, to));
        }
    }

    fn pass(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut piece = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            let stalled = self.is_stalled.lock().expect("nobody fails with the lock");
            drop(self.changed.wait_while(stalled, |is_stalled| *is_stalled).expect("nobody fails with the lock"));
            if to.write_all(&piece[..length]).is_err() {
                break;
            }
        }
        for socket in [from, to] {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}
