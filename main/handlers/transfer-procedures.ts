import type { Implementer } from './router.ts';

/** The words of the contract about getting and publishing images. */
export const transferProcedures = (os: Implementer) => ({
  suggest: os.transfer.suggest.handler(() => []),
  forecastPull: os.transfer.forecastPull.handler(() => Promise.reject(new Error('not built yet'))),
  forecastPush: os.transfer.forecastPush.handler(() => Promise.reject(new Error('not built yet'))),
  forecastPublish: os.transfer.forecastPublish.handler(() => Promise.reject(new Error('not built yet'))),
});
