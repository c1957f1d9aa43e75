interface ViewerPage {
  host: RegExp;
  /** Matched against path and query; every path if it is missing. */
  path?: RegExp;
  /** What the address is, as in "This is …". */
  what: string;
  /** How to get at the picture. */
  how: string;
}

const SAVE = "save the picture there, then drop its file";
const COPY = "right-click the picture there and choose “Copy image address”";

/** Places that show pictures on pages of their own. What their picture addresses look like is told apart from those. */
const VIEWERS: readonly ViewerPage[] = [
  {
    host: /^photos\.(?:google\.com|app\.goo\.gl)$/u,
    what: "a page of Google Photos",
    how: SAVE,
  },
  {
    host: /^(?:drive|docs)\.google\.com$/u,
    path: /^\/(?!uc\b|thumbnail\b|drawings\/.*\/(?:pub|export)\b)/u,
    what: "a page of Google Drive",
    how: SAVE,
  },
  {
    host: /^(?:www\.)?google\.[a-z.]+$/u,
    path: /^\/(?:imgres|search|url)\b/u,
    what: "a page of a search",
    how: "open the picture’s own site, " + COPY,
  },
  {
    host: /^(?:www\.)?dropbox\.com$/u,
    path: /^(?!.*[?&](?:raw|dl)=1\b)/u,
    what: "Dropbox’s page around a file",
    how: "write raw=1 at its end in place of dl=0",
  },
  {
    host: /^(?:www|share)\.icloud\.com$/u,
    what: "a page of iCloud",
    how: SAVE,
  },
  {
    host: /^(?:1drv\.ms|onedrive\.live\.com|photos\.onedrive\.com)$/u,
    path: /^\/(?!download\b)/u,
    what: "a page of OneDrive",
    how: SAVE,
  },
  {
    host: /^(?:www\.)?flickr\.com$|^flic\.kr$/u,
    what: "a page of Flickr",
    how: "choose “View all sizes” there, " + COPY,
  },
  {
    host: /^(?:www\.)?instagram\.com$/u,
    what: "a page of Instagram",
    how: SAVE,
  },
  {
    host: /^(?:www\.|m\.)?facebook\.com$/u,
    what: "a page of Facebook",
    how: COPY,
  },
  { host: /^(?:www\.|mobile\.)?(?:x|twitter)\.com$/u, what: "a post on X", how: COPY },
  { host: /^(?:www\.)?pinterest\.[a-z.]+$|^pin\.it$/u, what: "a page of Pinterest", how: COPY },
  {
    host: /^(?:www\.|m\.)?imgur\.com$/u,
    path: /^\/(?!.*\.(?:jpe?g|png|gif|webp)$)/iu,
    what: "a page of Imgur",
    how: COPY,
  },
  {
    host: /^(?:www\.)?(?:unsplash|pexels|pixabay)\.com$/u,
    path: /^\/(?:[a-z]{2}\/)?photos?\/(?!.*\/download)/u,
    what: "a page of a picture library",
    how: COPY,
  },
  {
    host: /\.wik(?:ipedia|imedia)\.org$/u,
    path: /^\/wiki\/(?!Special:(?:FilePath|Redirect\/file)\/)/iu,
    what: "a page about a file on Wikimedia",
    how: "open “Original file” there and copy its address",
  },
  {
    host: /^github\.com$/u,
    path: /^\/[^/]+\/[^/]+\/blob\/(?!.*[?&]raw=(?:1|true)\b)/u,
    what: "GitHub’s page around a file",
    how: "choose “Raw” there and copy the address",
  },
  {
    host: /./u,
    // As cameras call the page around their picture, too.
    path: /^[^?]*\.(?:x?html?|shtml?)(?:\?|$)/iu,
    what: "a page, by its name",
    how: COPY,
  },
  {
    host: /./u,
    path: /^[^?]*\.(?:pdf|docx?|xlsx?|pptx?|zip|mp4|mov|webm|avi|mp3|mjpe?g|m3u8)(?:\?|$)/iu,
    what: "no picture, by its name",
    how: "save a picture of it, then drop its file",
  },
];

/**
 * What a web address leads to, and how to get the picture’s own, as a sentence; null unless its name shows that it leads to
 * no picture: a service that is asked about a page charges for nothing or refuses.
 */
export function viewerPageText(address: URL): string | null {
  const page = VIEWERS.find(
    ({ host, path }) =>
      host.test(address.hostname) && (path?.test(`${address.pathname}${address.search}`) ?? true),
  );
  return page === undefined ? null : `This is ${page.what}: ${page.how}.`;
}
