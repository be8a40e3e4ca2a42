//! Ctrl-C and other signals during a rotation. The program runs in a process of its own, which gets the signal while the server handles a rotation.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use clap::Parser as _;
use gitlab_pat_fake::{FakeGitLab, Fault, Gate, NewToken, Operation, TokenSpec};
use jiff::{Timestamp, ToSpan as _};
use tempfile::TempDir;

use crate::program::{Arguments, run};

/// The variable with the directory for secrets. It makes the program of a test.
const DIRECTORY: &str = "ROTATE_EXPIRING_TEST_DIRECTORY";

/// Is the program in a process that [`Program::start`] starts, and does nothing otherwise.
#[test]
fn the_program_in_its_process() {
    let Ok(directory) = env::var(DIRECTORY) else {
        return;
    };
    let arguments = ["", "--include-self", "--execute", "--directory", &directory];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Err(error) = runtime.block_on(run(Arguments::parse_from(arguments))) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

/// The program in a process of its own.
struct Program {
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Program {
    fn start(case: &Case) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--nocapture", "--exact"])
            .arg("interrupted::the_program_in_its_process")
            .env(DIRECTORY, case.directory.path())
            .env("GITLAB_URL", case.gitlab.url())
            .env("GITLAB_TOKEN", case.calling.secret())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr }
    }

    /// Sends a signal.
    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let killed = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(killed.success());
    }

    /// Reads the program's errors up to a line with this text, which they must contain.
    fn read_to(&mut self, text: &str) {
        let mut errors = String::new();
        while !errors.contains(text) {
            let read = self.stderr.read_line(&mut errors).unwrap();
            assert!(read > 0, "{errors}");
        }
    }
}

struct Case {
    gitlab: FakeGitLab,
    calling: NewToken,
    others: [NewToken; 2],
    directory: TempDir,
}

impl Case {
    /// Three tokens that the program rotates, the calling one last.
    fn new() -> Self {
        let now = Timestamp::now();
        let gitlab = FakeGitLab::builder().now(now).start().unwrap();
        let user = gitlab.add_user("alice");
        let today = now.in_tz("UTC").unwrap().date();
        let token = |name| {
            let spec = TokenSpec::new(&user, name).scopes(["api"]);
            gitlab.add_token(
                spec.created_at(now - 720.hours())
                    .expires_at(today + 7.days()),
            )
        };
        let (calling, others) = (token("calling"), [token("a"), token("b")]);
        Self {
            gitlab,
            calling,
            others,
            directory: TempDir::new().unwrap(),
        }
    }

    /// Starts the program, and interrupts it when a rotation has arrived at the gate, which opens once the program has reported it.
    fn interrupted_at(
        &self,
        operation: Operation,
        fault: impl FnOnce(Fault, &Gate) -> Fault,
    ) -> Program {
        let (program, gate) = self.interrupted_before("INT", operation, fault);
        gate.open();
        program
    }

    /// Does the same, and leaves the gate closed.
    fn interrupted_before(
        &self,
        signal: &str,
        operation: Operation,
        fault: impl FnOnce(Fault, &Gate) -> Fault,
    ) -> (Program, Gate) {
        let gate = Gate::new();
        let fault = fault(Fault::none(), &gate);
        self.gitlab.faults().on(operation).next(fault);
        let mut program = Program::start(self);
        assert!(gate.wait_arrived(1));
        program.signal(signal);
        program.read_to("finishing the rotation in progress");
        (program, gate)
    }

    /// Asserts that these tokens and no others were rotated, and that a file holds each new secret.
    fn assert_rotated(&self, rotated: &[&NewToken]) {
        for token in self.others.iter().chain([&self.calling]) {
            let is_rotated = rotated.iter().any(|other| other.id() == token.id());
            assert_eq!(self.gitlab.token(token.id()).unwrap().revoked, is_rotated);
            let path = self.directory.path().join(format!("{}.token", token.id()));
            let kept = fs::read_to_string(path).ok();
            let kept = kept.and_then(|secret| self.gitlab.find_token(&secret));
            assert_eq!(kept.is_some_and(|new| new.active), is_rotated);
        }
        assert_eq!(
            fs::read_dir(self.directory.path()).unwrap().count(),
            rotated.len()
        );
        assert!(self.gitlab.family_revocations().is_empty());
    }
}

#[test]
fn a_rotation_that_has_not_been_executed_is_finished_before_the_program_ends() {
    let case = Case::new();
    let mut program = case.interrupted_at(Operation::Rotate, Fault::pause_before);
    program.read_to("interrupted; the remaining tokens are not rotated");
    assert_eq!(program.child.wait().unwrap().code(), Some(1));
    case.assert_rotated(&[&case.others[0]]);
}

#[test]
fn a_rotation_whose_response_is_on_its_way_is_finished_before_the_program_ends() {
    let case = Case::new();
    let mut program = case.interrupted_at(Operation::Rotate, Fault::pause_after);
    program.read_to("interrupted; the remaining tokens are not rotated");
    assert_eq!(program.child.wait().unwrap().code(), Some(1));
    case.assert_rotated(&[&case.others[0]]);
}

/// A supervisor may send several of them.
#[test]
fn other_requests_to_terminate_wait_for_the_rotation_in_progress() {
    for (first, second) in [("TERM", "TERM"), ("HUP", "TERM")] {
        let case = Case::new();
        let (mut program, gate) =
            case.interrupted_before(first, Operation::Rotate, Fault::pause_after);
        program.signal(second);
        gate.open();
        program.read_to("interrupted; the remaining tokens are not rotated");
        assert_eq!(program.child.wait().unwrap().code(), Some(1));
        case.assert_rotated(&[&case.others[0]]);
    }
}

#[test]
fn the_last_rotation_is_finished_and_the_program_succeeds() {
    let case = Case::new();
    let mut program = case.interrupted_at(Operation::RotateSelf, Fault::pause_after);
    assert!(program.child.wait().unwrap().success());
    case.assert_rotated(&[&case.others[0], &case.others[1], &case.calling]);
}

#[test]
fn a_second_interruption_ends_the_program_at_once() {
    let case = Case::new();
    let (mut program, gate) =
        case.interrupted_before("INT", Operation::Rotate, Fault::pause_before);
    program.signal("INT");
    assert_eq!(program.child.wait().unwrap().code(), Some(130));
    gate.open();
}
