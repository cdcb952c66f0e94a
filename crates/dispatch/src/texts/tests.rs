//! Every text there is, in every language, held against what it must and must not say.

mod cases;
mod clock;
mod languages;
mod lengths;
mod manners;
mod samples;
