// What two readers of podcasts and the WebVTT parser of its editors find in a feed and
// its transcripts, as JSON: node read.mjs FEED TRANSCRIPT…
import { readFileSync } from "node:fs";
import { parseRssFeed } from "feedsmith";
import partytime from "podcast-partytime";
import webvtt from "webvtt-parser";

const [, , feed, ...transcripts] = process.argv;
const xml = readFileSync(feed, "utf8");
const strict = parseRssFeed(xml);
const party = partytime.parseFeed(xml);
const parser = new webvtt.WebVTTParser();
console.log(
  JSON.stringify({
    feedsmith: strict.items.map((item) => ({
      title: item.title,
      guid: item.guid?.value,
      enclosure: item.enclosures?.[0],
      transcripts: item.podcast?.transcripts,
      chapters: item.podcast?.chapters,
    })),
    guid: strict.podcast?.guid,
    partytime: {
      title: party?.title,
      guid: party?.guid,
      locked: party?.locked,
      medium: party?.medium,
      explicit: party?.explicit,
      categories: party?.itunesCategory ?? party?.categories,
      items: party?.items.map((item) => ({
        guid: item.guid,
        enclosure: item.enclosure,
        duration: item.duration,
        date: item.pubDate,
        image: item.itunesImage ?? item.image,
        transcripts: item.podcastTranscripts,
        chapters: item.podcastChapters,
      })),
    },
    transcripts: transcripts.map((file) => {
      const { cues, errors } = parser.parse(
        readFileSync(file, "utf8"),
        "subtitles/captions/descriptions",
      );
      return {
        errors,
        cues: cues.map((cue) => [cue.startTime, cue.endTime, cue.text]),
      };
    }),
  }),
);
