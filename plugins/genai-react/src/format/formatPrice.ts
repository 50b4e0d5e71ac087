/**
 * An amount of money, e.g. `EUR 1.40`. The code stands for the currency, as several have the same sign.
 *
 * @param price - `currency` in ISO 4217
 * @public
 */
export function formatPrice(price: {
  amount: number;
  currency: string;
}): string {
  const { amount, currency } = price;
  return `${currency} ${amount.toLocaleString('en', {
    minimumFractionDigits: 2,
    maximumFractionDigits: amount < 1 ? 4 : 2,
  })}`;
}
