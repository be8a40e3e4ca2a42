//! Client for GitLab personal access tokens.
