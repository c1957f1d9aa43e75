const NAMES: Record<string, string> = {
  Enter: "↵",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Backspace: "⌫",
  Escape: "Esc",
  " ": "Space",
  Space: "Space",
};

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** A key binding ("$mod+Enter", "Shift+?") as it is printed on the keys of this machine ("⌘↵", "Ctrl ↵", "?"). */
export function keyLabel(binding: string): string {
  const presses = binding.split(/\b\+/);
  const key = presses.at(-1) ?? "";
  const modifiers = presses.slice(0, -1).flatMap((modifier) => {
    if (modifier === "$mod") return isApple() ? ["⌘"] : ["Ctrl"];
    if (modifier === "Alt") return isApple() ? ["⌥"] : ["Alt"];
    // Whoever types a printed sign already knows if their keyboard needs Shift for it.
    if (modifier === "Shift" && /^[^\p{Letter}]$/u.test(key)) return [];
    if (modifier === "Shift") return ["⇧"];
    return [modifier];
  });
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...modifiers, name].join(isApple() ? "" : " ");
}

/** A key binding for aria-keyshortcuts: "$mod+Enter" → "Control+Enter". */
export function ariaKeys(binding: string): string {
  return binding.replace("$mod", isApple() ? "Meta" : "Control").replace(/^ $/, "Space");
}

interface KeyHintProps {
  keys: string;
  /** How it is toned down beside the words; pale words can be toned down no further. */
  className?: string;
}

/** The key that presses a button, printed on it. Assistive technology reads aria-keyshortcuts of the button instead. */
export function KeyHint({ keys, className = "opacity-65" }: KeyHintProps) {
  return (
    <kbd
      aria-hidden="true"
      className={`font-mono text-[0.6875rem] font-medium pointer-coarse:hidden ${className}`}
    >
      {keyLabel(keys)}
    </kbd>
  );
}
