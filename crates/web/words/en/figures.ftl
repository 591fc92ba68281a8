### Figures and targets

figure-unknown = There is no figure “{ $value }”{ nearest-known }
