//! The real program, in a folder of its own, with a carrier that misbehaves: what needs more than one
//! process, or a database that goes away.

mod program {
    mod backups;
    mod cluster;
    mod house;
    mod outages;
    mod words;
}
