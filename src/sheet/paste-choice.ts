import { createStore } from "zustand/vanilla";

/** A paste that is both text and a picture of it, and what can be done with each. */
interface PasteChoice {
  text: string;
  /** How many web addresses are in the text. */
  addresses: number;
  takePicture: () => void;
  takeText: () => void;
}

/** The paste that the user is asked about. */
export const pasteChoice = createStore<PasteChoice>(() => ({
  text: "",
  addresses: 0,
  takePicture: () => undefined,
  takeText: () => undefined,
}));
