//! What must be true of the requests that replace the credential they carry: behind one that did, or may have, no other leaves with the
//! same credential before the server has said, late enough, that it still lives.

use std::collections::HashMap;
use std::time::Duration;

use gitlab_pat::RecordedRequest;
use gitlab_pat::http::Method;

use crate::answers::Answer;
use crate::time::SETTLE_TIME;

/// What came of an earlier request with a credential.
#[derive(Clone, Copy)]
enum Standing {
    Replaced,
    /// It left then, and what became of it is not known.
    Doubtful(Duration),
}

/// Goes over the requests in the order in which they left.
pub(crate) fn check(requests: &[RecordedRequest], answers: &[Answer], sent_at: &[Duration]) {
    let mut standings: HashMap<&str, Standing> = HashMap::new();
    for (index, (request, at)) in requests.iter().zip(sent_at).enumerate() {
        let Some(token) = request.header("PRIVATE-TOKEN") else {
            continue;
        };
        // A request without an answer fails, and whether it arrived is not known.
        let answer = answers.get(index);
        let path = request.uri().path();
        if *request.method() == Method::GET {
            let asked_late = |left: Duration| *at >= left + SETTLE_TIME;
            let lives = answer.is_some_and(|answer| matches!(answer.status, 200..300 | 400 | 403));
            if matches!(standings.get(token), Some(Standing::Doubtful(left)) if lives && asked_late(*left))
            {
                standings.remove(token);
            }
        } else if path.ends_with("/rotate") {
            match standings.get(token) {
                None => {}
                Some(Standing::Replaced) => panic!("sent with a credential that was replaced"),
                Some(Standing::Doubtful(left)) => {
                    panic!("sent at {at:?} with a credential in doubt since {left:?}")
                }
            }
            if path.ends_with("/self/rotate")
                && let Some(standing) = standing_behind(answer, *at)
            {
                standings.insert(token, standing);
            }
        }
    }
}

/// What such an answer leaves a credential in that was to be replaced; none where nothing happened to it.
fn standing_behind(answer: Option<&Answer>, sent_at: Duration) -> Option<Standing> {
    let Some(answer) = answer else {
        return Some(Standing::Doubtful(sent_at));
    };
    match answer.status {
        // Somebody who stops waiting for the rest has not seen a success.
        200..300 if answer.unfinished => Some(Standing::Doubtful(sent_at)),
        200..300 => Some(Standing::Replaced),
        303 | 408 | 500..600 => Some(Standing::Doubtful(sent_at)),
        0 if !answer.is_unsent() => Some(Standing::Doubtful(sent_at)),
        _ => None,
    }
}
