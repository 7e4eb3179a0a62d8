/** Each kind of content, gone through from its beginning to its end with the keyboard alone. */
import assert from "node:assert/strict";

/** @typedef {import("./user.mjs").KeyboardUser} KeyboardUser */

/**
 * @typedef {object} Run
 * @property {string} name a sentence that holds
 * @property {string} at the content, and its page
 * @property {(user: KeyboardUser) => Promise<void>} run the page's field has focus, the widget is there
 */

/** @param {KeyboardUser} user @param {string[]} texts in order, each politely and once */
async function wasTold(user, ...texts) {
  assert.deepEqual(
    await user.said(),
    texts.map((text) => ({ level: "status", text })),
  );
}

/** @type {Run[]} */
export const RUNS = [
  {
    name: "a checklist is opened, unfolded, marked, undone, asked about and closed",
    at: "checklist",
    async run(user) {
      await user.use("Get started");
      await user.isAt("Get started", true);
      assert.equal((await user.focus()).tag, "h2");

      const task = await user.reach("Read the guide");
      assert.equal(task.expanded, "false");
      await user.press(" ");
      assert.equal((await user.focus()).expanded, "true");
      await user.reach("one page");
      await user.use("Open the guide");
      assert.deepEqual(await user.pressed(), ["guide"]);
      // The panel makes way for what is to be done on the page.
      await user.use("Get started");
      await user.isAt("Get started", true);

      await user.use("Mark as done");
      await user.isAt("Read the guide", true);
      await wasTold(user, "Done: Read the guide. 1 of 3 done");
      await user.use("Undo");
      await user.isAt("Read the guide", true);
      await wasTold(user);
      await user.use("Mark as done");
      await wasTold(user, "Done: Read the guide. 1 of 3 done");
      await user.use("Undo");
      await user.use("Skip");
      await user.isAt("Read the guide, Skipped", true);

      await user.reach("Hide checklist", { back: true });
      await user.press("Enter");
      await user.isAt("Hide this checklist?", true);
      await user.press("Escape");
      await user.isAt("Hide checklist", true);
      await user.press("Escape");
      await user.isAt("Get started", true);
      assert.equal((await user.focus()).expanded, "false");
      await user.reach("Back to the top", { back: true });
    },
  },
  {
    name: "a tooltip is come to, used and closed, and takes no focus by itself",
    at: "tooltip",
    async run(user) {
      await user.sees("Here it begins");
      await user.isAt("Search", false);
      await wasTold(user, "Here it begins. This is what it is about.");
      await user.use("More options");
      await user.reach("Remind me tomorrow");
      await user.use("Do it");
      assert.deepEqual(await user.pressed(), ["do"]);
      await user.seesNoMore("Here it begins");
      const { inside, name } = await user.focus();
      assert.ok(!inside && name !== "", `focus is on the page's ${name}`);
      await wasTold(user);
    },
  },
  {
    name: "a hint is opened from its mark, read, put back into it and sent away",
    at: "hint",
    async run(user) {
      await user.seesMark();
      const mark = await user.reach("What this is for");
      assert.equal(mark.expanded, "false");
      await wasTold(user);
      await user.press("Enter");
      await user.sees("What this is for");
      await wasTold(user, "What this is for. For the second thing.");
      await user.reach("Close");
      await user.press("Escape");
      await user.seesNoMore("What this is for");
      await user.isAt("What this is for", true);
      await user.press(" ");
      await user.sees("What this is for");
      await user.press("Escape");
      await user.seesNoMore("What this is for");
      await user.press("Enter");
      await user.use("Close");
      await user.seesNoMore("What this is for");
      assert.equal((await user.focus()).inside, false);
      assert.notEqual((await user.focus()).name, "");
    },
  },
  {
    name: "a note in the page is read in its place and closed",
    at: "note",
    async run(user) {
      await user.sees("Good to know");
      await wasTold(user, "Good to know. Others read this, too: who can.");
      await user.reach("Second thing");
      await user.press("Tab");
      assert.equal((await user.focus()).name, "who can", "it comes where it stands");
      await user.use("Close");
      await user.seesNoMore("Good to know");
      await user.isAt("Second thing", false);
    },
  },
  {
    name: "a tour is gone through, back, and over a branch to its end",
    at: "tour",
    async run(user) {
      await user.sees("The first stop");
      await user.isAt("Search", false);
      await wasTold(user, "The first stop. One.");
      await user.use("Next");
      await user.isAt("The second stop", true);
      await wasTold(user, "The second stop. Two.");
      await user.use("Back");
      await user.isAt("The first stop", true);
      await wasTold(user, "The first stop. One.");
      // The page is not shut off: what is lit can be used.
      await user.reach("First thing", { back: true });
      await user.press("Enter");
      assert.deepEqual(await user.pressed(), ["first"]);
      await user.use("Next");
      await user.isAt("The second stop", true);
      await user.use("Next");
      await user.isAt("The last stop", true);
      await user.use("Done");
      await user.seesNoMore("The last stop");
      await user.isAt("First thing", false);
    },
  },
  {
    name: "a tour is ended by Escape at any step",
    at: "tour",
    async run(user) {
      await user.sees("The first stop");
      await user.use("Next");
      await user.isAt("The second stop", true);
      await user.press("Escape");
      await user.seesNoMore("The second stop");
      assert.equal((await user.focus()).inside, false);
    },
  },
  {
    name: "a banner is come to, its menu opened, and it is put off",
    at: "banner",
    async run(user) {
      await user.sees("You are on trial.");
      await user.isAt("Search", false);
      await wasTold(user, "You are on trial.. Everything is included.");
      await user.reach("See plans");
      await user.use("More options");
      await user.use("Remind me next time");
      await user.seesNoMore("You are on trial.");
      assert.equal((await user.focus()).inside, false);
      assert.notEqual((await user.focus()).name, "");
      await wasTold(user);
    },
  },
  {
    name: "a modal keeps focus in it until it is closed, and gives it back",
    at: "modal",
    async run(user) {
      await user.sees("Welcome");
      assert.equal((await user.focus()).inside, true);
      for (let stop = 0; stop < 12; stop += 1) {
        await user.press("Tab");
        const { inside, name } = await user.focus();
        // Between its last and its first the browser's own controls have their turn.
        assert.ok(inside || name === "", `focus is on the page's ${name}`);
      }
      await user.reach("More options", { back: true });
      await user.press("Escape");
      await user.seesNoMore("Welcome");
      await user.isBack();
      // A dialog is read out by the screen reader itself.
      await wasTold(user);
    },
  },
];
