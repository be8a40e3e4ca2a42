//! A case: what the network does to each request, what the callers do and when. Plain data, drawn by proptest.

use std::time::Duration;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A part of the replacement cooldown, in thousandths, and never the whole of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share(u16);

impl Share {
    /// At once.
    pub(crate) const NONE: Self = Self(0);
    /// At the last moment.
    pub(crate) const ALMOST_ALL: Self = Self(1000);

    pub(crate) fn of(self, replacement_cooldown: Duration) -> Duration {
        let longest = replacement_cooldown.saturating_sub(Duration::from_millis(1));
        (replacement_cooldown * u32::from(self.0) / 1000).min(longest)
    }
}

/// When the server carries a request out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Execution {
    Never,
    /// So long after it was sent.
    AfterSending(Share),
    /// So long after the client has seen the exchange end, or given it up.
    AfterTheEnd(Share),
}

/// How an exchange ends that tells nothing of what the server did.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Loss {
    ConnectionLost,
    ReadTimeout,
    InvalidResponse,
    Other,
    /// A status with its `Retry-After` in seconds.
    Status(u16, Option<u16>),
    /// It does not end.
    Silence,
}

/// How the response to a request that was carried out arrives in a state that nobody can read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Damage {
    Empty,
    Html,
    Garbage,
    Truncated,
    /// The connection ends inside the body.
    BreaksOff,
    /// The rest of the body never comes.
    Stalls,
}

/// What responses in the server's place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Impostor {
    /// A page to sign in on, with 200.
    SignIn,
    /// 204.
    Nothing,
    /// 200, with JSON that is not the API's.
    Json,
    /// Another place to ask, with 307.
    Elsewhere,
    /// A gateway or a filter that refuses.
    Gateway { status: u16, says: Says },
}

/// The words in which something refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Nothing,
    Page,
    Text,
    Json,
    /// What the server itself could have said.
    TheServersWords,
}

impl Impostor {
    /// Whether nobody can tell its response to a rotation from the server's own error response.
    pub(crate) fn is_perfect(self) -> bool {
        let says = Says::TheServersWords;
        matches!(self, Self::Gateway { says: it, .. } if it == says)
    }
}

/// What happens to one request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    Pass,
    /// It is executed late, and its own response comes later still: perhaps too late for the client.
    Slow {
        executed: Share,
        responded: Duration,
    },
    /// It never left: refused, no such name, connecting took too long.
    NotSent { stage: u8, after: Duration },
    /// 429, not executed.
    Throttled { retry_after: Option<u16> },
    /// Sent elsewhere, not executed.
    Redirected,
    /// The client does not learn what became of it.
    Lost {
        how: Loss,
        execution: Execution,
        after: Duration,
    },
    /// It is executed, and the client can't read the response.
    Damaged { how: Damage, after: Duration },
    /// Something else responds it. A rotation it passes on or not; a perfect impostor does so at once or never.
    Intercepted {
        by: Impostor,
        execution: Execution,
        after: Duration,
    },
}

/// Whose credential a call is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum With {
    /// The client's.
    Client,
    /// The newest secret that any caller received, for this call alone.
    Newest,
}

/// One of the expiry dates that are asked for; none leaves it to the server.
pub(crate) type Expiry = Option<bool>;

/// What a caller does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    RotateSelf {
        adopt: bool,
        checked: bool,
        expiry: Expiry,
        with: With,
    },
    /// By id, the token that the client uses as far as its user knows.
    RotateOwn {
        expiry: Expiry,
    },
    /// By id, the newest token of the user's other one.
    RotateOther {
        expiry: Expiry,
    },
    List,
    GetSelf,
    /// The client gets the newest secret that any caller received; `bearer` in the other of the two headers.
    SetAuth {
        bearer: bool,
    },
}

/// When a caller whose call failed makes it again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Again {
    AtOnce,
    /// After the pause that the error names, if it names one.
    AsAsked,
    After(Duration),
}

/// A call: after a pause, perhaps given up, perhaps made again.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) pause: Duration,
    pub(crate) action: Action,
    pub(crate) patience: Option<Duration>,
    pub(crate) again: Vec<Again>,
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) replacement_cooldown: Duration,
    pub(crate) timeout: Duration,
    /// What a pause between attempts is of its ceiling, in 255ths.
    pub(crate) jitter: u8,
    /// Decides who goes first where several can.
    pub(crate) order: u64,
    /// Whether the server comes before callers at the same moment.
    pub(crate) server_first: bool,
    /// One for each request in the order in which they are sent; then all pass.
    pub(crate) faults: Vec<Fault>,
    pub(crate) callers: Vec<Vec<Step>>,
}

pub(crate) fn cases() -> impl Strategy<Value = Case> {
    (
        prop_oneof![Just(300), Just(60), Just(2)].prop_map(Duration::from_secs),
        prop_oneof![Just(60), Just(5)].prop_map(Duration::from_secs),
        any::<u8>(),
        any::<u64>(),
        any::<bool>(),
        vec(fault(), 0..=16),
        vec(vec(step(), 1..=4), 1..=5),
    )
        .prop_map(
            |(replacement_cooldown, timeout, jitter, order, server_first, faults, callers)| Case {
                replacement_cooldown,
                timeout,
                jitter,
                order,
                server_first,
                faults,
                callers,
            },
        )
}

fn share() -> impl Strategy<Value = Share> {
    prop_oneof![
        2 => Just(Share::NONE),
        1 => Just(Share::ALMOST_ALL),
        3 => (0_u16..1000).prop_map(Share),
    ]
}

/// Times at which something else happens, their neighbours, and any.
fn moment() -> impl Strategy<Value = Duration> {
    prop_oneof![
        6 => Just(0),
        2 => prop_oneof![Just(1), Just(499), Just(500), Just(1_000), Just(4_999), Just(5_000), Just(5_001), Just(59_999), Just(60_000)],
        3 => 0_u64..5_000,
        2 => 0_u64..400_000,
    ]
    .prop_map(Duration::from_millis)
}

fn retry_after() -> impl Strategy<Value = Option<u16>> {
    option::of(prop_oneof![
        Just(0),
        Just(1),
        Just(20),
        Just(61),
        Just(3_600)
    ])
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::Pass),
        3 => (share(), moment()).prop_map(|(executed, responded)| Fault::Slow { executed, responded }),
        2 => (0_u8..3, moment()).prop_map(|(stage, after)| Fault::NotSent { stage, after }),
        2 => retry_after().prop_map(|retry_after| Fault::Throttled { retry_after }),
        1 => Just(Fault::Redirected),
        9 => (loss(), execution(), moment())
            .prop_map(|(how, execution, after)| Fault::Lost { how, execution, after }),
        2 => (damage(), moment()).prop_map(|(how, after)| Fault::Damaged { how, after }),
        6 => (impostor(), execution(), moment())
            .prop_map(|(by, execution, after)| Fault::Intercepted { by, execution, after }),
    ]
}

fn loss() -> impl Strategy<Value = Loss> {
    let status = prop_oneof![Just(408), Just(500), Just(502), Just(503), Just(504)];
    prop_oneof![
        3 => Just(Loss::ConnectionLost),
        1 => Just(Loss::ReadTimeout),
        1 => Just(Loss::InvalidResponse),
        1 => Just(Loss::Other),
        3 => (status, retry_after()).prop_map(|(status, pause)| Loss::Status(status, pause)),
        2 => Just(Loss::Silence),
    ]
}

fn execution() -> impl Strategy<Value = Execution> {
    prop_oneof![
        2 => Just(Execution::Never),
        3 => share().prop_map(Execution::AfterSending),
        4 => share().prop_map(Execution::AfterTheEnd),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        Just(Damage::Empty),
        Just(Damage::Html),
        Just(Damage::Garbage),
        Just(Damage::Truncated),
        Just(Damage::BreaksOff),
        Just(Damage::Stalls),
    ]
}

fn impostor() -> impl Strategy<Value = Impostor> {
    let status = prop_oneof![Just(400), Just(401), Just(403), Just(404), Just(422)];
    let says = prop_oneof![
        Just(Says::Nothing),
        Just(Says::Page),
        Just(Says::Text),
        Just(Says::Json),
        Just(Says::TheServersWords),
    ];
    prop_oneof![
        2 => Just(Impostor::SignIn),
        1 => Just(Impostor::Nothing),
        1 => Just(Impostor::Json),
        1 => Just(Impostor::Elsewhere),
        4 => (status, says).prop_map(|(status, says)| Impostor::Gateway { status, says }),
    ]
}

fn expiry() -> impl Strategy<Value = Expiry> {
    prop_oneof![3 => Just(None), 1 => Just(Some(false)), 1 => Just(Some(true))]
}

fn action() -> impl Strategy<Value = Action> {
    let with = prop_oneof![4 => Just(With::Client), 1 => Just(With::Newest)];
    prop_oneof![
        8 => (any::<bool>(), any::<bool>(), expiry(), with).prop_map(
            |(adopt, checked, expiry, with)| Action::RotateSelf { adopt, checked, expiry, with }
        ),
        2 => expiry().prop_map(|expiry| Action::RotateOwn { expiry }),
        2 => expiry().prop_map(|expiry| Action::RotateOther { expiry }),
        1 => Just(Action::List),
        1 => Just(Action::GetSelf),
        3 => any::<bool>().prop_map(|bearer| Action::SetAuth { bearer }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let again = prop_oneof![
        Just(Again::AtOnce),
        Just(Again::AsAsked),
        moment().prop_map(Again::After),
    ];
    let patience = prop_oneof![3 => Just(None), 1 => moment().prop_map(Some)];
    (moment(), action(), patience, vec(again, 0..=2)).prop_map(
        |(pause, action, patience, again)| Step {
            pause,
            action,
            patience,
            again,
        },
    )
}
