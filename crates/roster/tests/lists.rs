//! Hospitals, papers, exceptions and published lists on real databases.

mod lists {
    mod baseline;
    mod editions;
    mod exceptions;
    mod files;
    mod hospitals;
    mod house;
    mod papers;
    mod requirements;
    mod roster_file;
}
