//! Who is connected, and who has to leave when there is no room for another.
//!
//! A connection costs little while nothing is asked over it, so a client may keep it. When there are
//! as many as there may be, the one over which nothing was asked for the longest time makes room:
//! however many silent ones somebody opens, whoever has something to ask finds a place.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// Over a connection that is as fresh as this, the first request may be on its way.
const FRESH: Duration = Duration::from_millis(500);

/// One connection.
#[derive(Debug)]
pub struct Line {
    peer: IpAddr,
    asking: AtomicUsize,
    /// When something was last asked or answered, in milliseconds since the beginning.
    since: AtomicU64,
    beginning: Instant,
    leave: Notify,
}

impl Line {
    /// Who is at the other end.
    pub fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Whether a request is being answered.
    pub fn is_asking(&self) -> bool {
        self.asking.load(Ordering::Relaxed) > 0
    }

    /// A request begins.
    pub fn ask(&self, now: Instant) {
        self.asking.fetch_add(1, Ordering::Relaxed);
        self.touch(now);
    }

    /// Its answer has been handed over.
    pub fn answered(&self) {
        self.asking.fetch_sub(1, Ordering::Relaxed);
        self.touch(Instant::now());
    }

    /// Resolves when the connection has to make room.
    pub async fn told_to_leave(&self) {
        self.leave.notified().await;
    }

    fn touch(&self, now: Instant) {
        let passed = now.saturating_duration_since(self.beginning).as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        self.since.store(passed, Ordering::Relaxed);
    }
}

/// All connections.
#[derive(Debug)]
pub struct Lines {
    most: usize,
    /// How many one peer may have.
    share: Option<usize>,
    beginning: Instant,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    lines: HashMap<u64, Arc<Line>>,
}

/// A place among the connections, which is free again when this is dropped.
#[derive(Debug)]
pub struct Seat {
    number: u64,
    line: Arc<Line>,
    lines: Arc<Lines>,
}

impl Seat {
    /// The connection that has it.
    pub fn line(&self) -> &Arc<Line> {
        &self.line
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.lines.open().lines.remove(&self.number);
    }
}

impl Lines {
    /// Room for `most`, of which one peer of another machine may have `share`.
    pub fn new(most: usize, share: Option<usize>) -> Arc<Self> {
        Arc::new(Self {
            most,
            share,
            beginning: Instant::now(),
            open: Mutex::default(),
        })
    }

    /// A place for a connection from `peer`, if there is one or one can be made.
    pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let mut open = self.open();
        if let Some(share) = self.share.filter(|_| !peer.to_canonical().is_loopback()) {
            let of_the_peer = |line: &Line| line.peer == peer;
            let full = open.lines.len() >= share
                && open.lines.values().filter(|line| of_the_peer(line)).count() >= share;
            if full && !self.make_room(&mut open, of_the_peer) {
                return None;
            }
        }
        if open.lines.len() >= self.most && !self.make_room(&mut open, |_| true) {
            return None;
        }
        let line = Arc::new(Line {
            peer,
            asking: AtomicUsize::new(0),
            since: AtomicU64::new(0),
            beginning: self.beginning,
            leave: Notify::new(),
        });
        line.touch(Instant::now());
        let number = open.next;
        open.next += 1;
        open.lines.insert(number, Arc::clone(&line));
        drop(open);
        Some(Seat {
            number,
            line,
            lines: Arc::clone(self),
        })
    }

    /// Tells the one to leave that has asked nothing for the longest time.
    fn make_room(&self, open: &mut Open, among: impl Fn(&Line) -> bool) -> bool {
        let now = self.beginning.elapsed();
        let silent = open.lines.iter().filter_map(|(number, line)| {
            let since = Duration::from_millis(line.since.load(Ordering::Relaxed));
            let silent = !line.is_asking() && now.saturating_sub(since) > FRESH;
            (silent && among(line)).then_some((since, *number))
        });
        let Some((_, number)) = silent.min() else {
            return false;
        };
        if let Some(line) = open.lines.remove(&number) {
            line.leave.notify_one();
        }
        true
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn count(lines: &Lines) -> usize {
        lines.open().lines.len()
    }

    #[test]
    fn the_longest_silent_makes_room_and_whoever_asks_stays() {
        let lines = Lines::new(3, None);
        let seats: Vec<Seat> = (0..3).map(|_| lines.admit(HERE).unwrap()).collect();
        seats[0].line().ask(Instant::now());
        // Nobody is pushed out whose first request may be on its way.
        assert!(lines.admit(HERE).is_none());
        sleep(FRESH + Duration::from_millis(50));
        seats[1].line().touch(Instant::now());
        let newest = lines.admit(HERE).unwrap();
        assert_eq!(count(&lines), 3);
        let open = |seat: &Seat| lines.open().lines.contains_key(&seat.number);
        assert_eq!(
            [&seats[0], &seats[1], &seats[2], &newest].map(open),
            [true, true, false, true]
        );
        drop((seats, newest));
        assert_eq!(count(&lines), 0);
    }

    #[test]
    fn one_peer_has_its_share_and_this_machine_all() {
        let lines = Lines::new(100, Some(2));
        let _first = [lines.admit(THERE).unwrap(), lines.admit(THERE).unwrap()];
        assert!(lines.admit(THERE).is_none());
        assert!(lines.admit(ELSEWHERE).is_some());
        let here: Vec<Seat> = (0..10).map(|_| lines.admit(HERE).unwrap()).collect();
        assert_eq!(here.len(), 10);
    }
}
