import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { Advice } from './advice.ts';
import type { PreviewEvent } from './archive.ts';
import { type BuildFolder, BuildInputs, DockerfileChoice, type ReopenedBuild, type TaglessBase, VariableName } from './build.ts';
import type { AddedBuild, BuildPair, BuildRecord } from './build-record.ts';
import type { ForkEvent } from './cache-fork.ts';
import type { CacheMatrix } from './cache-matrix.ts';
import {
  type CompareDetails,
  type ComparedImages,
  type ComparedPackages,
  ComparedPair,
  CompareOrder,
  type CompareRow,
  type CompareSummary,
  CompareView,
  type FoundDifference,
} from './compare.ts';
import type { ComposeProject } from './compose.ts';
import type { ContextMap } from './context-map.ts';
import { CleanUpChoice, type CleanUpForecast, type CleanUpProposal, type DiskLook } from './disk.ts';
import { AtEngine, type EngineLook, type EnginePlaces, type EngineStarter, NewEngine, PlaceId, QuestionAnswer } from './engine.ts';
import type { BuildExplanation } from './explanation.ts';
import type { Fact } from './fact.ts';
import type { Failure } from './failure.ts';
import { Grant, type GrantedPath, type GrantedTarget } from './file.ts';
import { type Holder, HolderAsked, HolderSeen } from './holder.ts';
import { type ImageDetails, ImageId, type ImageSummary, type RemovalPreview } from './image.ts';
import { ListAsked, type ListPlatform, type ListPreview, TakeApartAsked } from './image-list.ts';
import {
  type FileBytes,
  type FileCost,
  type FileDetails,
  FileOrder,
  type FileRows,
  FileSlice,
  FilesId,
  FilesPage,
  FilesSource,
  type FilesSummary,
  FilesView,
  type FoundRow,
  LayerNumber,
  type OpenedFiles,
  PlaceNumber,
  RemovedInStep,
  type Waste,
  type WhatIf,
} from './layer-files.ts';
import type { LicenceFile } from './licences.ts';
import { type CheckedLogin, type Login, RegistryHost } from './login.ts';
import type { MovedNames } from './moved-names.ts';
import type { ImageOrigin, NewerAsked } from './origin.ts';
import { type Completeness, LayersInFile, type ReceiptPart, type ReceiptShown, type SuitcaseForecast } from './receipt.ts';
import { Digest, Reference } from './reference-schema.ts';
import {
  CacheLoginAsked,
  ContainerId,
  FriendlyName,
  type NameLook,
  type NewRegistryLogin,
  type OwnAddress,
  type RegistryFolder,
  RegistryUser,
  S3Asked,
} from './registry.ts';
import { RestoreAsked, type RestorePart } from './registry-backup.ts';
import {
  InRegistry,
  OneInRegistry,
  type RemoteLook,
  type RepositoriesPart,
  type TagAnswer,
  TagsAsked,
  type TagsPart,
} from './registry-browse.ts';
import type { CollectionPart } from './registry-collection.ts';
import { OldAsked, type OldPart, RemovalAsked, type RemovalPart } from './registry-removal.ts';
import { Settings } from './settings.ts';
import { RegistryRepository, type RememberedRepository, TagQuestion, type TagTimeline } from './tag-moves.ts';
import { type LogLine, SavedNames, TaskRequest } from './task.ts';
import {
  ArchiveSource,
  type CopyForecast,
  Platform,
  type PullForecast,
  type PushForecast,
  PushTarget,
  RegistrySource,
  type SendForecast,
  type Suggestion,
} from './transfer.ts';
import { TrialAsked, type TrialChanges, TrialOrder, type TrialProposal } from './trial.ts';

const TaskId = z.string().regex(/^[0-9a-f-]{36}$/);

// the only error a procedure returns; its data is the failure to show
const procedure = oc.errors({ FAILED: { data: type<Failure>() } });

/** Everything that window and main say to each other, one line a procedure. */
export const contract = {
  facts: procedure.output(eventIterator(type<Fact>())),
  images: {
    details: procedure.input(z.object({ id: ImageId, ...AtEngine.shape })).output(type<ImageDetails>()),
    previewRemoval: procedure
      .input(z.object({ ids: z.array(ImageId).min(1).max(10_000), ...AtEngine.shape }))
      .output(type<RemovalPreview>()),
    /** The containers that keep images from being removed. */
    holders: procedure.input(z.object({ ids: HolderAsked.shape.ids, ...AtEngine.shape })).output(type<Holder[]>()),
    /** The bytes that one of them wrote; null if the engine doesn't say. May take seconds. */
    writtenByHolder: procedure.input(HolderAsked.extend(AtEngine.shape)).output(type<{ bytes: number | null }>()),
    /** Ends one of them in its image's own way, and removes it with what it wrote. */
    removeHolder: procedure.input(HolderSeen.extend(AtEngine.shape)).output(type<void>()),
    /** When each image was last used, in milliseconds since 1970, as far as the engine and the history of builds tell. */
    lastUses: procedure.input(AtEngine).output(type<Record<string, number>>()),
    /** The images of single steps that the list leaves out: what the classic builder made others from. */
    steps: procedure.input(AtEngine).output(type<ImageSummary[]>()),
    /** Everything that the engine says about an image, as it says it. */
    inspect: procedure.input(z.object({ id: ImageId, ...AtEngine.shape })).output(type<unknown>()),
  },
  disk: {
    /** Where the bytes are and what can go: what is known at once, then all that the engine adds. */
    look: procedure.input(z.object({ anew: z.boolean().optional(), ...AtEngine.shape })).output(eventIterator(type<DiskLook>())),
    /** What the chosen things free together. */
    forecast: procedure.input(z.object({ choice: CleanUpChoice, ...AtEngine.shape })).output(type<CleanUpForecast>()),
    /** What to let go for so many bytes. */
    propose: procedure.input(z.object({ bytes: z.number().int().positive(), ...AtEngine.shape })).output(type<CleanUpProposal>()),
    /** Asks registries whether they still have these images; the next look says what they answered. */
    confirm: procedure.input(z.object({ ids: z.array(ImageId).max(1000), ...AtEngine.shape })).output(type<void>()),
  },
  /** Where images come from, and whether there are newer ones. */
  origin: {
    /** What is known without asking a registry. */
    look: procedure.input(z.object({ id: ImageId, ...AtEngine.shape })).output(type<ImageOrigin>()),
    /** The same with what registries say of the image. */
    ask: procedure.input(z.object({ id: ImageId, ...AtEngine.shape })).output(type<ImageOrigin>()),
    /** Asks registries what they have now under the names of images that came from there; what they say comes as a fact as well. */
    askForNewer: procedure.input(z.object({ ids: z.array(ImageId).min(1).max(200), ...AtEngine.shape })).output(type<NewerAsked>()),
  },
  build: {
    /** `dockerfile` is one the person chose, in the folder or outside it. */
    inspectFolder: procedure.input(z.object({ folder: Grant, dockerfile: Grant.optional() })).output(type<BuildFolder>()),
    /**
     * The images that the folder's Compose files say how to build; null if they say none. `also` are folders that builds may
     * reach besides, `variables` are values for the variables in the files.
     */
    inspectCompose: procedure
      .input(
        z.object({
          folder: Grant,
          also: z.array(Grant).max(20),
          variables: z.record(VariableName, z.string().max(20_000)).refine((given) => Object.keys(given).length <= 200),
        }),
      )
      .output(type<ComposeProject | null>()),
    /** The Dockerfile as it was when the build started. */
    dockerfile: procedure.input(z.object({ build: TaskId })).output(type<{ path: string; text: string }>()),
    /** Walks the folder as a build would. */
    inspectContext: procedure.input(z.object({ folder: Grant, ...DockerfileChoice.shape })).output(type<ContextMap>()),
    /** Images without a tag that a build with these inputs would certainly ask for. */
    taglessBases: procedure
      .input(z.object({ folder: Grant, ...DockerfileChoice.shape, ...BuildInputs.pick({ target: true, args: true }).shape }))
      .output(type<TaglessBase[]>()),
    /** Adds a line to the folder's ignore file; `undoIgnore` removes the line that was added last. */
    ignore: procedure
      .input(z.object({ folder: Grant, ...DockerfileChoice.shape, pattern: z.string().min(1).max(2000) }))
      .output(type<void>()),
    undoIgnore: procedure.input(z.object({ folder: Grant, ...DockerfileChoice.shape })).output(type<void>()),
    /** A build from the history, in full. */
    record: procedure.input(z.object({ build: TaskId })).output(type<BuildRecord>()),
    /** Two builds from the history, and which of their steps belong together. */
    pair: procedure.input(z.object({ builds: z.tuple([TaskId, TaskId]) })).output(type<BuildPair>()),
    /** Why steps were built again, as far as it is known so far. */
    explain: procedure.input(z.object({ build: TaskId })).output(type<BuildExplanation>()),
    advice: procedure.input(z.object({ build: TaskId })).output(type<Advice[]>()),
    /** Builds the same folder again with the same inputs, except those given here. */
    again: procedure
      .input(z.object({ build: TaskId, ...BuildInputs.pick({ cacheFrom: true, inlineCache: true }).shape }))
      .output(type<{ id: string } | { moved: MovedNames }>()),
    /** What a form needs so that a person can change a build's inputs and try again. */
    reopen: procedure.input(z.object({ build: TaskId })).output(type<ReopenedBuild>()),
    /** Shows the Dockerfile in its folder. */
    revealDockerfile: procedure.input(z.object({ build: TaskId })).output(type<void>()),
    /** Asks for a file and writes the whole log there; null if the person cancels. */
    saveLog: procedure.input(z.object({ build: TaskId })).output(type<{ path: string } | null>()),
    matrix: procedure.input(z.object({ builds: z.array(TaskId).max(50), images: z.array(ImageId).max(50) })).output(type<CacheMatrix>()),
    /** Where each of them departs from the first, and why. Reads the layers themselves, which may take long. */
    forks: procedure
      .input(z.object({ builds: z.array(TaskId).max(50), images: z.array(ImageId).max(50) }))
      .output(eventIterator(type<ForkEvent>())),
    /** Takes the builds of a file with build records into the list. */
    addRecords: procedure.input(z.object({ file: Grant })).output(type<AddedBuild[]>()),
    forget: procedure.input(z.object({ builds: z.array(TaskId).min(1).max(1000) })).output(type<void>()),
  },
  /** What is in registries, without getting any of it: see contract/registry-browse.ts. */
  registry: {
    repositories: procedure.input(z.object({ registry: RegistryHost })).output(eventIterator(type<RepositoriesPart>())),
    tags: procedure.input(InRegistry).output(eventIterator(type<TagsPart>())),
    /** What is under tags, in the order in which the answers come. */
    details: procedure.input(TagsAsked).output(eventIterator(type<TagAnswer[]>())),
    look: procedure.input(OneInRegistry).output(type<RemoteLook>()),
    /** Asks where a list of the layers of these repositories goes, reads it and writes it. */
    saveReceipt: procedure
      .input(z.object({ registry: RegistryHost, repositories: z.array(InRegistry.shape.repository).min(1).max(1000) }))
      .output(eventIterator(type<ReceiptPart>())),
    /** What goes with tags that are to be removed. */
    previewRemoval: procedure.input(RemovalAsked).output(eventIterator(type<RemovalPart>())),
    /** Reads all tags of a repository, and says which a rule lets go. */
    findOld: procedure.input(OldAsked).output(eventIterator(type<OldPart>())),
    /** What a list of images would hold, and what has to move for it. */
    previewList: procedure.input(ListAsked).output(type<ListPreview>()),
    /** The platforms of a list, with the tags that they could have. */
    platforms: procedure.input(TakeApartAsked).output(type<ListPlatform[]>()),
    /** Removes what a backup that was stopped, or failed, has left beside its file, and the task. */
    throwAwayBackup: procedure.input(z.object({ task: TaskId })).output(type<void>()),
    /** What a backup would bring to a registry. */
    previewRestore: procedure.input(RestoreAsked).output(eventIterator(type<RestorePart>())),
  },
  /** The registry that runs on the engine in use. */
  localRegistry: {
    /** The version of the program, as it says itself; null if it doesn't. */
    version: procedure.output(type<{ version: string | null }>()),
    /** The bytes that its volume takes; null if the engine doesn't tell. May take minutes. */
    size: procedure.output(type<{ bytes: number | null }>()),
    /** The end of its log, then each new batch of lines until its container ends. */
    log: procedure.output(eventIterator(type<LogLine[]>())),
    /** A port that it could have instead of its own; null if none of the usual ones is free. */
    freePort: procedure.output(type<{ port: number | null }>()),
    /** Has the own registry ask for a sign-in, and signs in; it is made anew for it. */
    protect: procedure.input(z.object({ username: RegistryUser })).output(type<NewRegistryLogin>()),
    /** Lets everybody in again, and forgets the login. */
    unprotect: procedure.output(type<void>()),
    /** Lets other computers reach the own registry, or this one only; it is made anew for it. Fails unless it asks for a sign-in. */
    reach: procedure.input(z.object({ isOpen: z.boolean() })).output(type<void>()),
    /** Has the own registry encrypt its connections, with a certificate that is made now, or no longer; it is made anew for it. */
    encrypt: procedure.input(z.object({ isEncrypted: z.boolean() })).output(type<void>()),
    /** Saves the certificate of its authority, which other engines have to trust, where the person wants it. */
    saveAuthority: procedure.output(type<{ path: string } | null>()),
    /** What the name would change, and what stands in the way. */
    lookAtName: procedure.input(z.object({ name: FriendlyName })).output(type<NameLook>()),
    /** Gives the registry a name by a line in the hosts file, or takes it away; the system may ask the person. */
    setName: procedure.input(z.object({ name: FriendlyName.nullable() })).output(type<void>()),
    /** Looks into the hosts file again. */
    checkName: procedure.output(type<{ name: string | null }>()),
    /** Where other computers find this one. */
    addresses: procedure.output(type<OwnAddress[]>()),
    /** Checks a sign-in for a cache with its registry, and holds it for the task that starts the cache. */
    handCacheLogin: procedure.input(CacheLoginAsked).output(type<{ login: string; username: string }>()),
    /** Asks for a folder in which the own registry shall keep its images; null if none was chosen. */
    chooseFolder: procedure.output(type<GrantedTarget | null>()),
    /** What the own registry left in its volume when its images went elsewhere; null if nothing, or it uses it. May take minutes. */
    leftBehind: procedure.output(type<{ bytes?: number } | null>()),
    removeLeftBehind: procedure.output(type<void>()),
    /** Tries S3-compatible storage, and holds it for the task that has the own registry keep its images there. `hasRegistry`: a registry's are in it already. */
    tryS3: procedure.input(S3Asked).output(type<{ s3: string; hasRegistry: boolean }>()),
    /** What is in such a folder. */
    lookAtFolder: procedure.input(z.object({ folder: Grant })).output(type<RegistryFolder>()),
    /** Uses another registry that is on the engine; nothing is changed there. */
    adopt: procedure.input(z.object({ container: ContainerId })).output(type<void>()),
    /** What freeing space in it would free. */
    previewCollection: procedure.input(z.object({ container: ContainerId })).output(eventIterator(type<CollectionPart>())),
    /** Goes back to Layerdeck's own. */
    letGo: procedure.input(z.object({ container: ContainerId })).output(type<void>()),
  },
  /** Containers in which images are tried, on the engine in use. */
  trials: {
    /** What to start with. */
    propose: procedure.input(z.object({ image: ImageId })).output(type<TrialProposal>()),
    /** Gives the container's id once it was started; if it doesn't start, nothing of it stays. */
    start: procedure.input(TrialOrder).output(type<{ container: string }>()),
    /** In the image's own way, or at once. Resolves when it has ended. */
    stop: procedure.input(z.object({ ...TrialAsked.shape, isAtOnce: z.boolean() })).output(type<void>()),
    startAgain: procedure.input(TrialAsked).output(type<void>()),
    /** With all that it wrote. */
    remove: procedure.input(TrialAsked).output(type<void>()),
    keep: procedure.input(z.object({ ...TrialAsked.shape, stays: z.boolean() })).output(type<void>()),
    /** The end of its log, then each new batch of lines until it ends. */
    log: procedure.input(TrialAsked).output(eventIterator(type<LogLine[]>())),
    /** What it has changed against its image. */
    changes: procedure.input(TrialAsked).output(type<TrialChanges>()),
    /** Saves a file of it, or a folder as a tarball; null if no place was chosen. */
    saveChanged: procedure
      .input(z.object({ ...TrialAsked.shape, path: z.string().max(4096).startsWith('/') }))
      .output(type<{ path: string } | null>()),
    /** Where all of its log was written; null if no place was chosen. */
    saveLog: procedure.input(TrialAsked).output(type<{ path: string } | null>()),
    /** Opens one of its ports on this computer in the browser. */
    open: procedure.input(z.object({ ...TrialAsked.shape, port: z.number().int() })).output(type<void>()),
  },
  transfer: {
    /** Names that complete what is typed; empty if the registry does not answer. */
    suggest: procedure.input(z.object({ text: z.string().max(400) })).output(type<Suggestion[]>()),
    /** `withSizes` asks for the size of every platform; registries count such requests. */
    forecastPull: procedure
      .input(z.object({ reference: Reference, platform: Platform.optional(), withSizes: z.boolean().optional() }))
      .output(type<PullForecast>()),
    forecastPush: procedure.input(z.object({ reference: Reference, to: PushTarget, ...AtEngine.shape })).output(type<PushForecast>()),
    /** The same for an image that is pushed under another name. */
    forecastPublish: procedure.input(z.object({ reference: Reference, target: Reference, ...AtEngine.shape })).output(type<PushForecast>()),
    /** What moving images to the engine at another place would send. */
    forecastSend: procedure.input(z.object({ references: SavedNames, to: PlaceId, ...AtEngine.shape })).output(type<SendForecast>()),
    forecastCopy: procedure
      .input(
        z.object({
          from: z.discriminatedUnion('kind', [RegistrySource, ArchiveSource]),
          to: Reference.optional(),
          receipt: Grant.optional(),
        }),
      )
      .output(type<CopyForecast>()),
  },
  tags: {
    /** Every repository of an engine of which moves are remembered. */
    repositories: procedure.input(z.object(AtEngine.shape)).output(type<RememberedRepository[]>()),
    /** The same of all registries. */
    inRegistries: procedure.output(type<RememberedRepository[]>()),
    timeline: procedure.input(TagQuestion).output(type<TagTimeline>()),
    /** Asks a registry where the tags of a repository are now. */
    look: procedure.input(z.object({ repository: RegistryRepository })).output(type<void>()),
    /** Whether a registry still has what a tag once was. */
    isThere: procedure.input(z.object({ repository: RegistryRepository, digest: Digest })).output(type<boolean>()),
    /** Forgets all moves of all tags. */
    forget: procedure.output(type<void>()),
  },
  logins: {
    list: procedure.output(type<Login[]>()),
    /** Checks the login with the registry, and stores it only then. */
    signIn: procedure
      .input(z.object({ registry: RegistryHost, username: z.string().min(1).max(500), password: z.string().min(1).max(20_000) }))
      .output(type<CheckedLogin>()),
    signOut: procedure.input(z.object({ registry: RegistryHost })).output(type<void>()),
  },
  archives: {
    /** Whether the engine in use has the layers that a file leaves out: those of each image, the lowest first. */
    completeness: procedure.input(z.object({ images: z.array(LayersInFile).max(10_000) })).output(type<Completeness>()),
    /** Asks where the list of an engine's layers goes, and writes it; null if the person cancels. */
    saveReceipt: procedure.input(AtEngine).output(type<{ path: string; layers: number } | null>()),
    chooseReceipt: procedure.output(type<GrantedPath | null>()),
    /** What a file with these images would hold for the computer of a receipt. */
    forecastSuitcase: procedure
      .input(z.object({ references: SavedNames, receipt: Grant, ...AtEngine.shape }))
      .output(type<SuitcaseForecast>()),
    readReceipt: procedure.input(z.object({ receipt: Grant })).output(type<ReceiptShown>()),
    preview: procedure.input(z.object({ archive: Grant })).output(eventIterator(type<PreviewEvent>())),
  },
  /** What is in images, layer by layer: see contract/layer-files.ts. */
  layerFiles: {
    /** Finds the image and says which of its layers a task of the kind `index` has to read before anything else can be asked. */
    open: procedure.input(FilesSource).output(type<OpenedFiles>()),
    summary: procedure.input(FilesView).output(type<FilesSummary>()),
    /** What the view shows in a folder; 0 is the root. */
    folder: procedure.input(z.object({ view: FilesView, place: PlaceNumber, order: FileOrder, page: FilesPage })).output(type<FileRows>()),
    /** All places that the view itself shows, as a search does. */
    found: procedure.input(z.object({ view: FilesView, order: FileOrder, page: FilesPage })).output(type<FileRows<FoundRow>>()),
    details: procedure.input(z.object({ view: FilesView, place: PlaceNumber })).output(type<FileDetails>()),
    waste: procedure.input(z.object({ files: FilesId })).output(type<Waste>()),
    whatIf: procedure.input(z.object({ files: FilesId, removed: z.array(RemovedInStep).min(1).max(1000) })).output(type<WhatIf>()),
    /** What reading a file costs; `layer`: as it is once the layers up to that one are there. */
    cost: procedure.input(z.object({ files: FilesId, place: PlaceNumber, layer: LayerNumber })).output(type<FileCost>()),
    bytes: procedure
      .input(z.object({ files: FilesId, place: PlaceNumber, layer: LayerNumber, slice: FileSlice }))
      .output(type<FileBytes>()),
    /** Asks where a file or folder shall be saved, for a task of the kind `save-files`. */
    chooseTarget: procedure.input(z.object({ suggestedName: z.string().min(1).max(200) })).output(type<GrantedTarget | null>()),
  },
  /** What two images differ in: see contract/compare.ts. */
  compare: {
    /** What is known before layers are read: the images themselves, where their layers diverge, and what has to be read. */
    images: procedure.input(ComparedPair).output(type<ComparedImages>()),
    summary: procedure.input(CompareView.pick({ first: true, second: true, withTimes: true })).output(type<CompareSummary>()),
    /** What differs in a folder; 0 is the root. */
    folder: procedure
      .input(z.object({ view: CompareView, place: PlaceNumber, order: CompareOrder, page: FilesPage }))
      .output(type<FileRows<CompareRow>>()),
    /** Everything that differs, without its folders, as a search does. */
    found: procedure.input(z.object({ view: CompareView, order: CompareOrder, page: FilesPage })).output(type<FileRows<FoundDifference>>()),
    details: procedure.input(z.object({ view: CompareView, place: PlaceNumber })).output(type<CompareDetails>()),
    packages: procedure.input(z.object({ pair: ComparedPair, page: FilesPage })).output(type<ComparedPackages>()),
  },
  tasks: {
    start: procedure.input(z.object({ request: TaskRequest, ...AtEngine.shape })).output(type<{ id: string }>()),
    cancel: procedure.input(z.object({ id: TaskId })).output(type<void>()),
    retry: procedure.input(z.object({ id: TaskId })).output(type<{ id: string }>()),
    dismiss: procedure.input(z.object({ id: TaskId })).output(type<void>()),
    dismissEnded: procedure.output(type<void>()),
    /** Lines after the given number, then each new batch until the task ends; for a build, also after a restart. */
    log: procedure.input(z.object({ id: TaskId, after: z.number().int().nonnegative() })).output(eventIterator(type<LogLine[]>())),
  },
  files: {
    chooseFolder: procedure.output(type<GrantedPath | null>()),
    /** Any single file, such as a secret for a build. */
    chooseFile: procedure.output(type<GrantedPath | null>()),
    chooseArchives: procedure.output(type<GrantedPath[]>()),
    chooseSaveTarget: procedure.input(z.object({ suggestedName: z.string().min(1).max(200) })).output(type<GrantedTarget | null>()),
    /** Shows a finished save in the system's file manager. */
    revealSaved: procedure.input(z.object({ task: TaskId })).output(type<void>()),
    /** Hands a finished save to the system's drag and drop, once the window has started to drag it. */
    dragSaved: procedure.input(z.object({ task: TaskId })).output(type<void>()),
  },
  engine: {
    searchAgain: procedure.output(type<void>()),
    /** Where engines may be; none of them is asked. */
    places: procedure.output(type<EnginePlaces>()),
    /** What is installed on this computer that can start one; empty where DOCKER_HOST names the engine. */
    starters: procedure.output(type<EngineStarter[]>()),
    /** Asks the engine at a place about itself; with `mayAsk`, also what a way to it asks a person. */
    look: procedure.input(z.object({ place: PlaceId, mayAsk: z.boolean().optional() })).output(type<EngineLook>()),
    /** Answers what a way to an engine asks. */
    answer: procedure.input(QuestionAnswer).output(type<void>()),
    /** Asks an engine before it is added. */
    tryOut: procedure.input(NewEngine).output(type<EngineLook>()),
    /** Keeps an engine as a docker context. */
    add: procedure.input(NewEngine).output(type<void>()),
    /** Makes docker's command use a context; `default` for the engine on this computer. */
    switchTo: procedure.input(z.object({ context: z.string().min(1).max(500) })).output(type<void>()),
    /** Forgets a docker context; its engine stays as it is. */
    remove: procedure.input(z.object({ context: z.string().min(1).max(500) })).output(type<void>()),
  },
  settings: {
    change: procedure.input(Settings.partial()).output(type<void>()),
  },
  licences: {
    /** The packages the app is made of, with the texts of all licences. */
    list: procedure.output(type<LicenceFile>()),
  },
  clipboard: {
    write: procedure.input(z.object({ text: z.string().max(100_000) })).output(type<void>()),
  },
};
