/** A picture on the service's model pages, with the model that was asked about it there. */
export interface PublishedPicture {
  title: string;
  url: string;
  modelId: string;
}

/** The twelve pictures whose answers are published; the stand-in repeats those answers. */
export const PUBLISHED_PICTURES: readonly PublishedPicture[] = [
  {
    title: "Sunlit Orchard Apricot Picker",
    url: "https://assets.runware.ai/assets/inputs/a2a8ae77-d1f6-4c9b-88d7-c4b598804468.jpg",
    modelId: "runware:152@50",
  },
  {
    title: "Arcade Prize Counter Teen",
    url: "https://assets.runware.ai/assets/inputs/6114c876-ddcb-451f-bfaf-78dad788882f.jpg",
    modelId: "runware:152@50",
  },
  {
    title: "Museum Stairwell Teen Selfie",
    url: "https://assets.runware.ai/assets/inputs/0f45b677-a78c-4bcb-ad82-4b95c59ef8b3.jpg",
    modelId: "runware:152@50",
  },
  {
    title: "Freckled Schoolyard Snapshot",
    url: "https://assets.runware.ai/assets/inputs/d3f11994-f7f3-4cb6-9724-cf09b0293b61.jpg",
    modelId: "runware:152@50",
  },
  {
    title: "Harbor Teahouse After Storm",
    url: "https://assets.runware.ai/assets/inputs/ddf33190-1c7c-4b47-9207-d219fdd0491c.jpg",
    modelId: "runware:152@2",
  },
  {
    title: "Moonlit Archive Courtyard Tableau",
    url: "https://assets.runware.ai/assets/inputs/cfa6e306-886f-444b-b3bd-1d4d4f1de7eb.jpg",
    modelId: "runware:152@2",
  },
  {
    title: "Fossil Hall Field Notes",
    url: "https://assets.runware.ai/assets/inputs/3a9f575c-904c-417e-a3e1-cf347cc83f10.jpg",
    modelId: "runware:152@2",
  },
  {
    title: "Tidal Observatory Reading Room",
    url: "https://assets.runware.ai/assets/inputs/697d2c97-482e-4c15-af86-1a2df26db98b.jpg",
    modelId: "runware:152@2",
  },
  {
    title: "Taxidermy Workshop Curiosity Cabinet",
    url: "https://assets.runware.ai/assets/inputs/465571c4-411b-476e-a975-6e8cc06c397d.jpg",
    modelId: "runware:152@1",
  },
  {
    title: "Harbor Market Eclipse Tableau",
    url: "https://assets.runware.ai/assets/inputs/13dcd4da-6c25-4422-b900-b3abab18ce24.jpg",
    modelId: "runware:152@1",
  },
  {
    title: "Salt-Flat Breakfast Balloonists",
    url: "https://assets.runware.ai/assets/inputs/02da3f55-7a4b-4064-a905-ca325e849a70.jpg",
    modelId: "runware:152@1",
  },
  {
    title: "Rooftop Pigeon Racing Finale",
    url: "https://assets.runware.ai/assets/inputs/7590c546-9819-4c3b-b3a7-3b16838e1222.jpg",
    modelId: "runware:152@1",
  },
];
