/** A picture that the service's documentation shows beside a model's answer. It is on the service's own host. */
export interface PublishedPicture {
  title: string;
  url: string;
}

const FOLDER = "https://assets.runware.ai/assets/inputs";

/**
 * The pictures of the published examples. The sandbox answers questions about them with the published
 * answers.
 */
export const PUBLISHED_PICTURES: readonly PublishedPicture[] = [
  {
    title: "Sunlit Orchard Apricot Picker",
    url: `${FOLDER}/a2a8ae77-d1f6-4c9b-88d7-c4b598804468.jpg`,
  },
  { title: "Arcade Prize Counter Teen", url: `${FOLDER}/6114c876-ddcb-451f-bfaf-78dad788882f.jpg` },
  {
    title: "Museum Stairwell Teen Selfie",
    url: `${FOLDER}/0f45b677-a78c-4bcb-ad82-4b95c59ef8b3.jpg`,
  },
  {
    title: "Freckled Schoolyard Snapshot",
    url: `${FOLDER}/d3f11994-f7f3-4cb6-9724-cf09b0293b61.jpg`,
  },
  {
    title: "Harbor Teahouse After Storm",
    url: `${FOLDER}/ddf33190-1c7c-4b47-9207-d219fdd0491c.jpg`,
  },
  {
    title: "Moonlit Archive Courtyard Tableau",
    url: `${FOLDER}/cfa6e306-886f-444b-b3bd-1d4d4f1de7eb.jpg`,
  },
  { title: "Fossil Hall Field Notes", url: `${FOLDER}/3a9f575c-904c-417e-a3e1-cf347cc83f10.jpg` },
  {
    title: "Tidal Observatory Reading Room",
    url: `${FOLDER}/697d2c97-482e-4c15-af86-1a2df26db98b.jpg`,
  },
  {
    title: "Taxidermy Workshop Curiosity Cabinet",
    url: `${FOLDER}/465571c4-411b-476e-a975-6e8cc06c397d.jpg`,
  },
  {
    title: "Harbor Market Eclipse Tableau",
    url: `${FOLDER}/13dcd4da-6c25-4422-b900-b3abab18ce24.jpg`,
  },
  {
    title: "Salt-Flat Breakfast Balloonists",
    url: `${FOLDER}/02da3f55-7a4b-4064-a905-ca325e849a70.jpg`,
  },
  {
    title: "Rooftop Pigeon Racing Finale",
    url: `${FOLDER}/7590c546-9819-4c3b-b3a7-3b16838e1222.jpg`,
  },
];
