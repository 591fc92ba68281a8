//! Records for programs.
