import { z } from 'zod';
import { change, changeOnce, look, nothing, secret } from '../script.ts';

const account = z.string();

export const sql = {
  getCatalogPlace: look(
    'get-catalog-place.sql',
    nothing,
    z.strictObject({
      /** State of SSISDB on this instance; null where it is not. */
      state: z.string().nullable(),
      inGroup: z.boolean(),
      isPrimary: z.boolean(),
      /** The group that SSISDB belongs to here; null where it belongs to none. */
      group: z.string().nullable(),
      /** Its group has no primary at the moment. */
      isResolving: z.boolean(),
      masterKeyOpens: z.boolean(),
    }),
  ),
  getCatalog: look(
    'get-catalog.sql',
    nothing,
    z.strictObject({
      /** What can be read in SSISDB; null where it is not, or not online. */
      catalog: z
        .strictObject({
          owner: z.string().nullable(),
          ownedBySa: z.boolean(),
          masterKeyId: z.string().nullable(),
          projects: z.number(),
          properties: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
        })
        .nullable(),
    }),
  ),
  setCatalogProperty: change(
    'set-catalog-property.sql',
    z.strictObject({ name: z.string(), value: z.string() }),
  ),
  /** `owner` null: the login with the identifier of sa, whatever it is called. */
  setCatalogOwner: change('set-catalog-owner.sql', z.strictObject({ owner: z.string().nullable() })),
  dropCatalog: change('drop-catalog.sql', nothing),
  backUpMasterKey: change('back-up-master-key.sql', z.strictObject({ file: z.string(), password: secret })),
  getScaleOut: look(
    'get-scale-out.sql',
    z.strictObject({ suffix: z.string() }),
    z.strictObject({
      catalogIsThere: z.boolean(),
      enabled: z.boolean(),
      isSysadmin: z.boolean(),
      /** Version of the Scale Out Master beside this engine; null where there is none. */
      masterVersion: z.string().nullable(),
      serverName: z.string(),
      machine: z.string(),
      logSessions: z.number(),
    }),
  ),
  enableScaleOut: changeOnce('enable-scale-out.sql', z.strictObject({ suffix: z.string() })),
  getAccountLogin: look(
    'get-account-login.sql',
    z.strictObject({ account }),
    z.strictObject({ exists: z.boolean(), isDisabled: z.boolean() }),
  ),
  getCatalogAdmin: look(
    'get-catalog-admin.sql',
    z.strictObject({ account }),
    z.strictObject({ user: z.boolean(), member: z.boolean() }),
  ),
  createAccountLogin: change('create-account-login.sql', z.strictObject({ account })),
  dropAccountLogin: change('drop-account-login.sql', z.strictObject({ account })),
  addCatalogAdmin: change('add-catalog-admin.sql', z.strictObject({ account })),
  removeCatalogAdmin: change('remove-catalog-admin.sql', z.strictObject({ account, dropUser: z.boolean() })),
} as const;
