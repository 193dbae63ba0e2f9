// Reads a Readium manifest with Readium's own library and tells as JSON what it
// understood.
//   node read.mjs manifest.json
import { readFile } from 'node:fs/promises'
import { Manifest, Profile, Publication, EmptyFetcher } from '@readium/shared'

const json = JSON.parse(await readFile(process.argv[2], 'utf8'))
const manifest = Manifest.deserialize(json)
if (!manifest) throw new Error('the manifest cannot be read')
const { metadata, readingOrder, resources, toc } = manifest
const publication = new Publication({ manifest, fetcher: new EmptyFetcher() })
const links = list => list?.items.map(l => ({
    href: l.href, title: l.title, type: l.type, duration: l.duration, bitrate: l.bitrate,
    children: l.children ? links(l.children) : [],
}))
console.log(JSON.stringify({
    profile: metadata.conformsTo?.includes(Profile.AUDIOBOOK) ?? false,
    title: metadata.title?.getTranslation(),
    duration: metadata.duration,
    narrators: metadata.narrators?.items.map(n => n.name.getTranslation()),
    newspapers: metadata.belongsTo?.items.get('newspaper')?.items
        .map(n => ({ name: n.name.getTranslation(), position: n.position })),
    features: metadata.accessibility?.feature?.map(f => f.value),
    summary: metadata.accessibility?.summary,
    readingOrder: links(readingOrder),
    toc: links(toc ?? publication.tableOfContents),
    cover: resources?.items.find(l => l.rels?.has('cover'))?.href,
}))
