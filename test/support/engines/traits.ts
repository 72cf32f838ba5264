/** What an engine says about itself. */
export type About = { product: 'Docker' | 'Podman'; version: string; store: 'unpacked' | 'containerd' };

export type Traits = ReturnType<typeof traitsOf>;

/** How engines differ in what tests expect of them: the one place that knows, measured on the engines of tools/engine/engine-kinds.ts. */
export function traitsOf({ product, version, store }: About) {
  const major = Number(version.split('.')[0]);
  const isDocker = product === 'Docker';
  const isPacked = store === 'containerd';
  return {
    product,
    hasBuildKit: isDocker,
    /** Lists `x:1` as `docker.io/library/x:1`, and as `localhost/x:1` if a file calls an image so. */
    writesNamesInFull: !isDocker,
    /** Says which registries need no certificate because their names lead to this computer. */
    tellsTrustedRanges: isDocker,
    /** Containers have networks of their own, and publish ports: the test's Podman runs them in this computer's. */
    hasOwnNetworks: isDocker,
    /** Reuses the steps of an image that was built elsewhere. */
    takesPublishedSteps: isDocker,
    /** Keeps several platforms of an image, as one image. */
    hasPlatforms: isPacked,
    /** Says of each image which platforms of it are here: API 1.47. */
    tellsPlatforms: isPacked && major >= 28,
    /** Refuses API 1.51, the newest that is spoken, as it is older; Podman takes every version. */
    refusesNewestSpoken: isDocker && major < 28,
    /** Its BuildKit remembers every build, whoever asked for it. */
    remembersBuilds: isDocker && major >= 23,
    /** Says by which names a remembered build called its image. */
    tellsNamesOfBuilds: isDocker && major >= 28,
    /** Counts what it moves as registries do, packed. */
    countsPacked: isPacked,
    /** A layer's size is that of its files alone; Podman's is that of the tarball they are in. */
    countsFiles: isDocker && !isPacked,
    /** Says of a removal which layers it deleted. */
    tellsDeletedLayers: isDocker && !isPacked,
    /** A RUN that writes nothing makes no layer. */
    leavesOutEmptyLayers: isDocker,
    /** Asks a registry for each layer, and sends none that is there. */
    asksBeforeSending: isPacked,
    /** Says in a push which layers it sends, and how far it is. */
    namesLayersSent: isDocker,
    /** Tries again by itself if the connection to a registry breaks off in a push, and says when. */
    retriesPushes: isDocker && !isPacked,
    /** Names, in a pull, the layers that are here already. */
    namesLayersHere: !isPacked,
    /** Signs in with a token that stands for a password. */
    takesTokens: isDocker,
    /** Refuses an image of more than about 125 layers. */
    limitsLayers: isDocker && !isPacked,
    /** Its classic builder, too, leaves out the stages that nothing needs. */
    leavesOutStages: !isDocker,
    /** A copy with another owner in the folder is another one to the cache; to Podman 5 all belongs to root. */
    cacheSeesOwners: isDocker || major < 5,
    /** So is one that another program packed in another way, and the copy's digest proves how. */
    cacheSeesPacking: isDocker,
    /** Finds the stage to build by a name with other capitals. */
    findsTargetsInAnyCase: isDocker,
    /** Ends the command of a step at once if its build is cancelled; Podman lets it run to its end, and builds nothing after it. */
    endsStepsAtOnce: isDocker,
    /** Says in a build how much of a base it has got. */
    countsBaseInBuild: isDocker,
    /** Its builder makes an image of FROM scratch alone. */
    buildsEmptyImages: !isDocker,
    /** Its newest builder reads here-documents and COPY --link without being asked to get a newer one. */
    readsNewDockerfiles: isDocker ? major >= 23 : major >= 5,
    /** Reads, besides the folder's ignore file, a Dockerfile's own out of what it was sent, and leaves out what that one names, too. */
    ignoresTwice: !isDocker && major < 5,
    /** Its BuildKit refuses names of files that are no UTF-8. */
    namesAreText: isDocker && major >= 28,
    /** Its classic builder takes no base that is here for another platform only. */
    classicNeedsPlatform: isPacked || (isDocker && major > 20 && major < 28),
    /** Loads no image of which a layer is missing in the file, though it has that layer. */
    loadsWholeFilesOnly: isPacked || !isDocker,
    /** Loads images that can't run on it, such as those of Windows. */
    loadsForeignSystems: isPacked || !isDocker,
    /** Loads files of a docker before 1.10. */
    loadsOldestFiles: isDocker && !isPacked,
    /** Tells by an image's digests whether it came from a registry. */
    tellsWhatWasPulled: isDocker && !isPacked,
    /** Tells when an image last got a name. */
    tellsTimeOfNames: isDocker,
    /** Writes `created_by` before `author` into a configuration, as OCI's own program does. */
    ordersHistoryAsOci: isDocker && major >= 23,
    /** Takes a first part with capitals for the name of a registry: `Upper/case`. */
    capitalsAreRegistries: major >= 23,
    /** Publishes what is here of an image for several platforms. */
    publishesPartOfList: !isPacked || major >= 28,
    /** Tells how large an image's file will be: with containerd's store, from API 1.48 on. */
    tellsSizeOfFile: !isPacked || major >= 28,
    /** Counts all that is unpacked, also what the classic builder leaves beside a step. */
    tellsAllUnpacked: !isPacked || major >= 28,
    /** An image's id is that of its index or manifest, and not of its configuration. */
    namesImagesByManifest: isPacked,
    /** Sizes of layers are those of folders on disk, in whole blocks. */
    countsBlocks: isPacked,
  };
}

/** What a push's result counts: nothing if an engine names no layers. */
export const countedInPush =
  ({ namesLayersSent }: Traits) =>
  (sentLayers: number, presentLayers: number, sentBytes?: number) =>
    namesLayersSent
      ? { sentLayers, presentLayers, ...(sentBytes !== undefined && { sentBytes }) }
      : { sentLayers: 0, presentLayers: 0, ...(sentBytes !== undefined && { sentBytes: 0 }) };
