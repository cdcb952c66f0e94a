//! Every text there is, in every language, held against what it must and must not say.

mod cases;
mod clock;
mod every_text;
mod languages;
mod lengths;
mod manners;
mod offers;
mod papers;
mod samples;
mod sheet;
