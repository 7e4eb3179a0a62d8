import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { ENGLISH, learn, say } from "../www/words.js";

const FOLDER = new URL("../www/words/", import.meta.url);
/** The languages besides English, each with its texts by name. */
const languages = readdirSync(FOLDER).map((file) => ({
  language: file.replace(/\.json$/, ""),
  /** @type {Record<string, string | Record<string, string>>} */
  texts: JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")),
}));

/** The forms of a text. @param {string | Record<string, string>} text */
const forms = (text) => (typeof text == "string" ? { other: text } : text);

/** The places of a text, in order. @param {string} text */
const places = (text) => [...new Set(text.match(/\{\d\}/g))].sort();

test("there are nine languages", () => {
  assert.deepEqual(languages.map(({ language }) => language).sort(), [
    "ar",
    "de",
    "es",
    "fr",
    "ja",
    "pt-BR",
    "ru",
    "zh-CN",
  ]);
});

for (const language of ["en", ...languages.map(({ language }) => language), "ar-EG", "de-CH"]) {
  test(`${language}: numbers are written as the language writes them`, () => {
    learn({ language, words: { count: "{0} {1}" } });
    const intl = new Intl.NumberFormat(language);
    for (const [a, b] of [
      [0, 7],
      [42, 999],
      [1000, 1234567],
    ]) {
      assert.equal(say(0, a, b), `${intl.format(a)} ${intl.format(b)}`);
    }
  });
}

for (const { language, texts } of languages) {
  test(`${language} has every text, and no other`, () => {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(ENGLISH).sort());
    for (const [name, text] of Object.entries(texts)) {
      for (const form of Object.values(forms(text))) assert.ok(form.length > 0, name);
    }
  });

  test(`${language} has each text's places, and no others`, () => {
    for (const [name, text] of Object.entries(texts)) {
      const { other, ...rest } = forms(text);
      const wanted = places(forms(ENGLISH[name]).other);
      assert.deepEqual(places(other), wanted, name);
      // "One task is left" may say its number in words.
      for (const form of Object.values(rest)) {
        assert.ok(
          places(form).every((place) => wanted.includes(place)),
          name,
        );
      }
    }
  });

  test(`${language} has all of its plural forms, where a text has several`, () => {
    const rules = new Intl.PluralRules(language);
    const { pluralCategories } = rules.resolvedOptions();
    const several = Object.values(texts).filter((text) => typeof text == "object");
    for (const text of several) {
      assert.deepEqual(Object.keys(text).sort(), [...pluralCategories].sort());
    }
  });

  test(`${language} is translated`, () => {
    const same = Object.keys(ENGLISH).filter((name) => texts[name] == ENGLISH[name]);
    const may = ["comma", "stop", "quoted", "optional", "step"];
    assert.deepEqual(
      same.filter((name) => !may.includes(name)),
      [],
    );
  });
}
