/** The tour that every library of tours is given. */
export const STEPS = [
  {
    element: "#new",
    title: "Create your first invoice",
    text: "It takes two minutes, and you can change everything later.",
  },
  {
    element: "#customers",
    title: "Add a customer",
    text: "Whoever you invoice is kept here, with their address.",
  },
  {
    element: "#settings",
    title: "Choose how you are paid",
    text: "By bank transfer, or by card with a link in the invoice.",
  },
];
