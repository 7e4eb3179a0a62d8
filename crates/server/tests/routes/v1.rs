mod batch;
mod boot;
mod clocks;
mod cors;
mod limits;
mod people;
mod segment;
mod settling;
