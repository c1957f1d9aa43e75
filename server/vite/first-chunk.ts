/** The part of the bundler's knowledge about a module that is read here. */
interface ModuleFacts {
  isEntry: boolean;
  importers: readonly string[];
}

interface Graph {
  getModuleInfo: (moduleId: string) => ModuleFacts | null;
}

// All of these are in the first load anyway. Icons are not among them: each comes with the part that shows it.
const LIBRARIES = /\/node_modules\/(?:react|react-dom|scheduler|zustand)\//u;
const ICON_BASE = /\/lucide-react\/dist\/esm\/(?!icons\/)/u;

/**
 * Names the chunk of everything that the page loads at once. Left to itself, the bundler cuts what lazy parts share
 * with the page into two dozen small files, which compress worse than one and cost a request each.
 */
export function nameFirstChunk(moduleId: string, graph: Graph): string | null {
  if (moduleId.includes("/node_modules/"))
    return LIBRARIES.test(moduleId) || ICON_BASE.test(moduleId) ? "first" : null;
  return isLoadedAtOnce(moduleId, graph) ? "first" : null;
}

/** True if a chain of static imports leads from the page to the module. */
function isLoadedAtOnce(moduleId: string, graph: Graph): boolean {
  const seen = new Set([moduleId]);
  // A Set also visits what is added to it during the loop.
  for (const id of seen) {
    const facts = graph.getModuleInfo(id);
    if (facts === null) continue;
    if (facts.isEntry) return true;
    for (const importer of facts.importers) seen.add(importer);
  }
  return false;
}
