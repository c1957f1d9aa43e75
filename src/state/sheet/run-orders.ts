import { pictureHashOf } from "#src/domain/image-row.ts";
import { type ImageId, isReady, type SheetId, type SheetImage } from "#src/domain/image.ts";
import { type AskedBy, hasEnded, type RunId } from "#src/domain/task.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { RunPlan } from "#src/runs/run-events.ts";
import { marksAtPress, promptSentFor, type SheetQuestion } from "./prompt-sent.ts";
import type { SheetState, SheetStore } from "./sheet-store.ts";

/** What one press asks, of images that may still be being prepared. */
export interface RunOrder {
  askedBy: AskedBy;
  /** In the order in which they are asked about. */
  imageIds: readonly ImageId[];
  /**
   * What an image is asked, with prompt, model and size as they were at the press. Called once for each, when its copy is
   * stored; an image that needs nothing any more gets no question.
   */
  questionsFor: (image: SheetImage) => readonly SheetQuestion[];
  /** Whether images that are added while the run is under way are asked about, too. */
  includesLater?: boolean;
  /**
   * Whether answers this device already has for the same bytes and recipe may be used instead of paying. Images of the same
   * bytes share the run's own answers either way.
   */
  reuse: boolean;
  /** True if the user agreed that what is unsettled may be asked, and paid for, again. */
  mayPayTwice?: boolean | undefined;
  /** The run's label if it is one undo, as for RunActions.start. */
  overwrites?: string | undefined;
}

/** What prompts are filled in with: the sheet and its marks as they were at the press. `at` is epoch milliseconds. */
export interface Press extends Pick<SheetState, "sheet" | "marks"> {
  at: number;
}

interface OrderPlan extends Pick<RunPlan, "askedBy" | "reuse" | "joins"> {
  questions: readonly SheetQuestion[];
}

interface RunOrdersParts {
  sheetStore: SheetStore;
  engine: () => Promise<RunEngine>;
  /** Writes tasks and has them sent; resolves to their run. */
  begin: (order: { asked: RunOrder; pressed: Press }, plan: OrderPlan) => Promise<RunId>;
  now: () => number;
}

/** An order of which not all tasks are written. */
interface OpenOrder {
  asked: RunOrder;
  pressed: Press;
  /** Images that are not asked about yet. */
  left: Set<ImageId>;
  /** The images that were on the sheet at the press, and those that joined since. */
  known: Set<ImageId>;
  runId: RunId | null;
  isOver: boolean;
  end: { resolve: () => void; reject: (error: unknown) => void };
}

/** The orders of one open sheet that are under way. They are this tab's alone: images that are being prepared are, too. */
export class RunOrders {
  readonly #parts: RunOrdersParts;
  readonly #sheetId: SheetId;
  #orders: readonly OpenOrder[] = [];
  /** Which images were asked about which bytes: as long as one waits for its answer, no other is asked, and paid for. */
  readonly #askedOf = new Map<string, ImageId[]>();
  /** Runs whose tasks may still look as if they were under way. */
  readonly #cancelledLate = new Set<RunId>();
  /** Set while there are orders. */
  #engine: RunEngine | null = null;
  #stopWatching: (() => void)[] = [];
  #isAdvancing = false;
  #isMoreToDo = false;

  constructor(parts: RunOrdersParts) {
    this.#parts = parts;
    this.#sheetId = parts.sheetStore.store.getState().sheet.id;
  }

  /**
   * Asks about images as each becomes ready; those that another order waits for are left to it. Resolves once all tasks are
   * written, or the rest has left the order: refused, removed, or cancelled. Rejects if they can't be written, and then drops
   * the rest.
   */
  add(asked: RunOrder): Promise<void> {
    this.#parts.sheetStore.flush();
    const { images, sheet, marks } = this.#state;
    const isElsewhere = (id: ImageId): boolean => this.#orders.some(({ left }) => left.has(id));
    const left = asked.imageIds.filter((id) => images.has(id) && !isElsewhere(id));
    if (left.length === 0 && asked.includesLater !== true) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const order: OpenOrder = {
        asked,
        pressed: { sheet, marks, at: this.#parts.now() },
        left: new Set(left),
        known: new Set(images.keys()),
        runId: null,
        isOver: false,
        end: { resolve, reject },
      };
      if (this.#orders.length === 0) this.#watch();
      this.#orders = [...this.#orders, order];
      this.#advanceAll();
    });
  }

  /** What is still to come, of one run or of all, does not come. */
  drop(runId: RunId | null): void {
    for (const order of this.#orders)
      if (runId === null || order.runId === runId) this.#endOrder(order);
  }

  get #state(): SheetState {
    return this.#parts.sheetStore.store.getState();
  }

  #watch(): void {
    this.#stopWatching.push(
      this.#parts.sheetStore.store.subscribe((now, before) => {
        const isSame =
          now.images === before.images && now.tasks === before.tasks && now.run === before.run;
        if (!isSame) this.#advanceAll();
      }),
    );
  }

  #hear(engine: RunEngine): void {
    if (this.#engine !== null) return;
    this.#engine = engine;
    this.#stopWatching.push(
      engine.subscribe((event) => {
        if (event.type === "run-cancelled" && event.sheetId === this.#sheetId)
          this.drop(event.runId);
      }),
      () => {
        this.#engine = null;
      },
    );
  }

  #advanceAll(): void {
    this.#isMoreToDo = true;
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    // oxlint-disable-next-line typescript/no-floating-promises -- each order tells its own failure: this never rejects
    this.#advanceInTurn();
  }

  async #advanceInTurn(): Promise<void> {
    while (this.#isMoreToDo) {
      this.#isMoreToDo = false;
      for (const order of this.#orders) {
        try {
          await this.#advance(order);
        } catch (error) {
          order.end.reject(error);
          this.#endOrder(order);
        }
      }
    }
    this.#isAdvancing = false;
  }

  /** Writes the tasks of what is ready by now, in one go. */
  async #advance(order: OpenOrder): Promise<void> {
    const { engine: load, begin, sheetStore } = this.#parts;
    const engine = this.#engine ?? (await load());
    if (order.isOver) return;
    this.#hear(engine);
    sheetStore.flush();
    const { asked, left } = order;
    this.#takeInLater(order);
    const images = this.#readyOf(order);
    const { questions, reuse } = this.#questionsOf(order, images);
    // The first ones begin the run even if nothing is ready: whatever had stopped an earlier one is over.
    if (order.runId === null || questions.length > 0) {
      const { askedBy } = asked;
      const joins = order.runId === null ? {} : { joins: order.runId };
      const runId = await begin(order, { askedBy, reuse, questions, ...joins });
      order.runId = runId;
      // Cancelled while they were being written.
      if (order.isOver) {
        this.#cancelledLate.add(runId);
        engine.cancel(this.#sheetId, runId);
      }
    }
    for (const image of images) {
      left.delete(image.id);
      const hash = pictureHashOf(image);
      if (hash !== null) this.#askedOf.set(hash, [...(this.#askedOf.get(hash) ?? []), image.id]);
    }
    if (order.isOver) return;
    sheetStore.flush();
    this.#takeInLater(order);
    this.#tellToCome();
    sheetStore.flush();
    if (left.size === 0 && (asked.includesLater !== true || this.#isThrough(order)))
      this.#endOrder(order);
  }

  #takeInLater({ asked, known, left }: OpenOrder): void {
    if (asked.includesLater !== true) return;
    for (const id of this.#state.order) {
      if (known.has(id)) continue;
      known.add(id);
      left.add(id);
    }
  }

  /** Those that can be asked about now; what is no longer on the sheet leaves the order. */
  #readyOf(order: OpenOrder): SheetImage[] {
    const { images } = this.#state;
    const taken = new Set<string>();
    return [...order.left].flatMap((id) => {
      const image = images.get(id);
      if (image === undefined) order.left.delete(id);
      if (image === undefined || !isReady(image) || this.#isBeingCancelled(id)) return [];
      const hash = pictureHashOf(image);
      if (hash !== null) {
        if (taken.has(hash) || this.#isAwaited(hash)) return [];
        taken.add(hash);
      }
      return image;
    });
  }

  /** If answers from before may not be used, those that this run itself has got still may. */
  #questionsOf(
    order: OpenOrder,
    images: readonly SheetImage[],
  ): Pick<OrderPlan, "questions" | "reuse"> {
    const questions = images.flatMap((image) =>
      order.asked
        .questionsFor(image)
        .map((question) => ({ question, isShared: this.#isAnswered(order, image, question) })),
    );
    if (order.asked.reuse || !questions.some(({ isShared }) => isShared))
      return { questions: questions.map(({ question }) => question), reuse: order.asked.reuse };
    return {
      questions: questions.map(({ question, isShared }) =>
        isShared ? question : { ...question, fresh: true },
      ),
      reuse: true,
    };
  }

  /** True if this run has the answer to the same question about the same bytes. */
  #isAnswered({ runId, pressed }: OpenOrder, image: SheetImage, question: SheetQuestion): boolean {
    const others = this.#askedOf.get(pictureHashOf(image) ?? "") ?? [];
    if (runId === null || others.length === 0) return false;
    const { images, tasks, marks: now } = this.#state;
    const { recipe } = question;
    const marks = marksAtPress(pressed.marks, now);
    const sent =
      question.promptSent ??
      promptSentFor({ ...pressed, images, tasks, marks }, question, pressed.at);
    return others.some((id) =>
      (tasks.get(id) ?? []).some(
        (task) =>
          task.runId === runId &&
          task.state.phase === "done" &&
          task.promptSent === sent &&
          task.recipe.modelId === recipe.modelId &&
          task.recipe.sentSize === recipe.sentSize,
      ),
    );
  }

  #isBeingCancelled(id: ImageId): boolean {
    if (this.#cancelledLate.size === 0) return false;
    const tasks = this.#state.tasks.get(id) ?? [];
    return tasks.some((task) => this.#cancelledLate.has(task.runId) && !hasEnded(task));
  }

  /** True while the same bytes are being asked about: the answer to come is reused. */
  #isAwaited(hash: string): boolean {
    const { tasks } = this.#state;
    return (this.#askedOf.get(hash) ?? []).some((id) => !(tasks.get(id) ?? []).every(hasEnded));
  }

  #isThrough({ runId }: OpenOrder): boolean {
    const { run, tasks } = this.#state;
    if (run.phase !== "idle" || this.#engine?.status(this.#sheetId).phase !== "idle") return false;
    for (const ofImage of tasks.values())
      if (ofImage.some((task) => task.runId === runId && !hasEnded(task))) return false;
    return true;
  }

  #endOrder(order: OpenOrder): void {
    order.isOver = true;
    this.#orders = this.#orders.filter((other) => other !== order);
    this.#tellToCome();
    if (this.#orders.length === 0) for (const stop of this.#stopWatching.splice(0)) stop();
    order.end.resolve();
  }

  #tellToCome(): void {
    const toCome = this.#orders.reduce((sum, { left }) => sum + left.size, 0);
    this.#engine?.expect(this.#sheetId, toCome);
  }
}
