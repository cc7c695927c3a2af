declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

export type Milliseconds = Unit<'ms'>;
export type Minutes = Unit<'min'>;
export type Days = Unit<'d'>;

export const milliseconds = (n: number): Milliseconds => n as Milliseconds;
export const minutes = (n: number): Minutes => n as Minutes;
export const days = (n: number): Days => n as Days;
