mod spine;
