//! The rules themselves: each kind at its boundary days, composites, overrides, rules announced
//! ahead, forecasts, what-ifs, the file, and what must hold for every chapter.

mod composites;
mod exceptions;
mod file;
mod forecasts;
mod kinds;
mod one;
mod properties;
mod reports;
mod words;
