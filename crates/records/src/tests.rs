mod faces;
mod spine;
