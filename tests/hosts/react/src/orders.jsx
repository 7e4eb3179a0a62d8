/** The second page: its button is another element at every beat, and its list is sorted anew. */
import { orders } from "../../restless/restless.js";

export default function Orders({ beat }) {
  return (
    <>
      <h1>Orders</h1>
      <p key={beat}>
        <button type="button">New order</button>
      </p>
      <ol>
        {orders(beat).map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
    </>
  );
}
