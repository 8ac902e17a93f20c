//! Why a decision is what it is, who could do something, and what someone reaches.
