//! The front end as a whole: every printed character is accounted for.

use super::*;
