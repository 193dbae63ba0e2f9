"""What gPodder's reader finds in a feed, as JSON: read.py ADDRESS FEED."""

import json
import sys

import podcastparser

address, path = sys.argv[1:]
with open(path, "rb") as feed:
    print(json.dumps(podcastparser.parse(address, feed)))
