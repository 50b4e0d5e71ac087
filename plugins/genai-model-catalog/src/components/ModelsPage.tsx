import { Content } from '@backstage/core-components';
import {
  useUrlFilters,
  ViewTabs,
} from '@promptside/backstage-plugin-genai-react';
import { Route, Routes } from 'react-router-dom';
import { MODEL_FILTER_KEYS } from '../modelFilters';
import { modelRouteRef } from '../routes';
import { ModelPage } from './ModelPage';
import { SERVER_FILTER_KEYS } from './ModelServerFilterBar';
import { ModelServersView } from './ModelServersView';
import { ModelsView } from './ModelsView';

const VIEWS = [
  { view: 'servers', title: 'Model servers' },
  { view: 'catalog', title: 'Model catalog' },
] as const;

const KEYS = ['view', ...SERVER_FILTER_KEYS, ...MODEL_FILTER_KEYS] as const;

/** What runs, what could, and each model. Without page shell, which the frontend system provides. */
export function ModelsPage() {
  return (
    <Content>
      <Routes>
        <Route path={modelRouteRef.path} element={<ModelPage />} />
        <Route path="*" element={<ModelLists />} />
      </Routes>
    </Content>
  );
}

function ModelLists() {
  const [filters, setFilters] = useUrlFilters(KEYS);
  const current =
    VIEWS.find(({ view }) => view === filters.view)?.view ?? 'servers';
  return (
    <ViewTabs
      views={VIEWS}
      current={current}
      // The views share no filter.
      onChange={view =>
        setFilters({
          ...Object.fromEntries(KEYS.map(key => [key, undefined])),
          view,
        })
      }
    >
      {current === 'servers' ? <ModelServersView /> : <ModelsView />}
    </ViewTabs>
  );
}
