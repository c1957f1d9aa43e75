// @ts-check

/** A small JPEG in Base64. Runs in the page. */
export async function drawPicture() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [320, 213];
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("no canvas");
  for (let dot = 0; dot < 400; dot += 1) {
    brush.fillStyle = `hsl(${(dot * 13) % 360} 50% ${30 + (dot % 50)}%)`;
    brush.fillRect((dot * 97) % 320, (dot * 61) % 213, 9, 9);
  }
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1] ?? "";
}
