//! The access matrix as text an auditor can read.
