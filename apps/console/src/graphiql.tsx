import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetchGraphql } from './fetch-graphql';
import { FIRST_DOCUMENT } from './first-document';
import './graphiql.css';

const place = document.getElementById('console');
if (place === null) throw new Error('graphiql.html has no element "console".');
createRoot(place).render(<GraphiQL fetcher={fetchGraphql} defaultQuery={FIRST_DOCUMENT} />);
