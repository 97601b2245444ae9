# The control worker. Build: docker build -t ssis-ha:<version> .
FROM node:22.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22.20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/activities ./activities
COPY --from=build /app/src/temporal ./src/temporal
RUN install --directory --owner node /var/lib/ssis-ha
USER node
ENTRYPOINT ["node", "dist/cli.js"]
