//! A stateful stand-in for GitLab, for tests.
