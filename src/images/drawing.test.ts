import { expect, it } from "vitest";
import { drawingOf } from "./drawing.ts";

const size = { width: 24, height: 16 };
const encode = (text: string) => new TextEncoder().encode(text);

async function textsOf(text: string) {
  const { whole, bare } = drawingOf(encode(text), size);
  return { whole: await whole.text(), bare: (await bare?.text()) ?? null };
}

it.each([
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16"/>`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16" width="24" height="16"/>`,
  ],
  [
    `<!-- <svg> --><svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0 0 3 2"><g/></svg>`,
    `<!-- <svg> --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2" width="24" height="16"><g/></svg>`,
  ],
  [
    `<svg xmlns="http://www.w3.org/2000/svg" stroke-width="2"><g/></svg>`,
    `<svg xmlns="http://www.w3.org/2000/svg" stroke-width="2" width="24" height="16"><g/></svg>`,
  ],
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16px"/>`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16px"/>`,
  ],
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="1e1mm" height='2em'/>`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="1e1mm" height='2em'/>`,
  ],
])("gives %s a size that every browser draws", async (text, whole) => {
  expect(await textsOf(text)).toEqual({ whole, bare: null });
});

it("names no encoding that the text no longer has", async () => {
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text>\xe9</text></svg>`;
  const { whole } = drawingOf(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    size,
  );
  expect(await whole.text()).toBe(
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text>é</text></svg>`,
  );
});

it("takes embedded HTML out for browsers that hand over none of it, nested and in any spelling", async () => {
  const { bare } = await textsOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><!-- <foreignObject> --><a/><foreignObject title="a > b"><p>x<foreignObject/></p><foreignObject>y</foreignObject></foreignObject><b/><s:foreignObject/><c/><![CDATA[</foreignObject>]]></svg>`,
  );
  expect(bare).toBe(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><!-- <foreignObject> --><a/><b/><c/><![CDATA[</foreignObject>]]></svg>`,
  );
});

it("leaves out the words for viewers that show no labels, and closes what HTML leaves open", async () => {
  const { whole } = await textsOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><switch><foreignObject><p>a<br>b&nbsp;c</p></foreignObject><text x="1">[Not supported by viewer]</text></switch><text>Kept</text></svg>`,
  );
  expect(whole).toBe(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><switch><foreignObject><p>a<br/>b&#160;c</p></foreignObject></switch><text>Kept</text></svg>`,
  );
});

it("gives a drawing that was taken out of a page its namespaces back", async () => {
  const { whole } = await textsOf(`<svg width="1" height="1"><use xlink:href="#a"/></svg>`);
  expect(whole).toBe(
    `<svg width="1" height="1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>`,
  );
});
