/** The first page: its figures are other elements at every beat. */
export function Home({ beat }) {
  return (
    <>
      <h1>Home</h1>
      <div className="figures">
        <div key={`open-${beat}`} data-hs="open">
          <b>{beat}</b> open
        </div>
        <div key={`paid-${beat}`}>
          <b>{beat * 2}</b> paid
        </div>
      </div>
    </>
  );
}
